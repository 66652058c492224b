import { dnsAlias } from '../__testUtils__/manifests';
import { component } from '../__testUtils__/startPortal';
import { databaseIds, testDatabases } from '../__testUtils__/testDatabases';
import { TestWorld } from '../__testUtils__/TestWorld';

describe('Reading within the caps', () => {
  const databases = testDatabases();
  describe.each(databaseIds)('on %s', id => {
    const world = TestWorld.forEachTest(() => databases.init(id));

    it.each([
      ['maxFiles', 2],
      ['maxBytes', 300],
    ])(
      'keeps what it knows of files that %s leaves unread, until they are gone',
      async (key, cap) => {
        const file = (name: string) => ({
          [`external-services/${name}.yaml`]: dnsAlias(name, 'db.example.com'),
        });
        const known = async (expected: string[]) => {
          await world.letTimePass();
          await world.settled('orders', ({ items }) => {
            const names = items.map(({ name }) => name).sort();
            return names.join() === expected.join();
          });
        };
        world.git.commit('shop/orders', { ...file('b'), ...file('c') });
        await world.start([component('orders', world.git)], {
          config: { repositories: { [key]: cap } },
        });
        await known(['b', 'c']);

        // The new file comes first, so that there is no room for the last.
        const three = { ...file('a'), ...file('b'), ...file('c') };
        world.git.commit('shop/orders', three);
        await known(['a', 'b', 'c']);

        world.git.commit('shop/orders', { ...file('a'), ...file('b') });
        await known(['a', 'b']);
      },
    );
  });
});
