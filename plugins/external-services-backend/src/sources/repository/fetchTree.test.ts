import { dnsAlias } from '../../__testUtils__/manifests';
import { component } from '../../__testUtils__/startPortal';
import { databaseIds, testDatabases } from '../../__testUtils__/testDatabases';
import { TestWorld } from '../../__testUtils__/TestWorld';

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
        const namesOnce = async (count: number) => {
          const { items } = await world.settledLater(
            'orders',
            answer => answer.items.length === count,
          );
          return items.map(({ name }) => name).sort();
        };
        world.git.commit('shop/orders', { ...file('b'), ...file('c') });
        await world.start([component('orders', world.git)], {
          config: { repositories: { [key]: cap } },
        });
        await namesOnce(2);

        // The new file comes first, so that there is no room for the last.
        const three = { ...file('a'), ...file('b'), ...file('c') };
        world.git.commit('shop/orders', three);
        expect(await namesOnce(3)).toEqual(['a', 'b', 'c']);

        world.git.commit('shop/orders', { ...file('a'), ...file('b') });
        expect(await namesOnce(2)).toEqual(['a', 'b']);
      },
    );
  });
});
