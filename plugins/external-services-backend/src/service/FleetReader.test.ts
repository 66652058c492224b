import type { Mapping } from '@external-services/backstage-plugin-external-services-common';
import { dnsAlias, fixedAddresses } from '../__testUtils__/manifests';
import { component } from '../__testUtils__/startPortal';
import { databaseIds, testDatabases } from '../__testUtils__/testDatabases';
import { TestWorld } from '../__testUtils__/TestWorld';

describe('The fleet', () => {
  const databases = testDatabases();
  describe.each(databaseIds)('on %s', id => {
    const world = TestWorld.forEachTest(() => databases.init(id));

    beforeEach(async () => {
      world.git.commit('shop/orders', {
        'external-services/prod/db.yaml': dnsAlias(
          'external-db',
          'db.example.com',
        ),
        'external-services/dev/db.yaml': dnsAlias(
          'external-db',
          'db.dev.example.com',
        ),
      });
      world.git.commit('shop/products', {
        'external-services/api.yaml': fixedAddresses,
        'external-services/gone.yaml': dnsAlias('gone', 'gone.example.org'),
      });
      await world.start([
        component('orders', world.git, { owner: 'group:default/team-shop' }),
        component('products', world.git),
      ]);
      await world.settled('orders');
      await world.settled('products');
    });

    const names = ({ items }: { items: { mapping: Mapping }[] }) =>
      items.map(({ mapping }) => mapping.name);

    it('finds by host, domain, address, range, name, state, environment and owner', async () => {
      const rows: [string, string[]][] = [
        ['', ['external-db', 'gone', 'external-api']],
        ['q=db.example.com', ['external-db']],
        ['q=*.example.org', ['gone']],
        ['q=203.0.113.2', ['external-api']],
        ['q=203.0.113.0/24', ['external-db', 'external-api']],
        ['q=edge.example.net', ['external-db']],
        ['q=external-api', ['external-api']],
        ['q=nothing.example', []],
        ['state=unresolved', ['gone']],
        ['state=unresolved&state=declared', ['gone', 'external-api']],
        ['env=dev&state=resolves', ['external-db']],
        ['owner=group:default/team-shop', ['external-db']],
      ];
      for (const [query, expected] of rows) {
        const { body } = await world.portal
          .get(`/mappings?${query}`)
          .expect(200);
        expect({ query, found: names(body) }).toEqual({
          query,
          found: expected,
        });
        expect(body.nextCursor).toBeUndefined();
      }
    });

    it('answers page by page without losing or repeating a row', async () => {
      const found: string[] = [];
      let cursor: string | undefined;
      do {
        const { body } = await world.portal
          .get('/mappings')
          .query({ limit: 1, ...(cursor && { cursor }) })
          .expect(200);
        found.push(...names(body));
        cursor = body.nextCursor;
      } while (cursor);
      expect(found).toEqual(['external-db', 'gone', 'external-api']);
    });

    it('looks through 500 readable entities for a page, and goes on from there', async () => {
      const many = Array.from({ length: 502 }, (_, index) =>
        component(`z${1_000 + index}`, world.git),
      );
      const row = await world
        .knex('entity_interests')
        .where('entity_ref', 'component:default/products')
        .first();
      world.portal.entities.push(...many);
      await world.knex.batchInsert(
        'entity_interests',
        many.map(({ metadata: { name, uid } }) => ({
          ...row,
          entity_ref: `component:default/${name}`,
          entity_uid: uid,
        })),
        50,
      );
      // The 501st is not readable, so that the next page begins with the one behind it.
      world.portal.denied.add(
        'external-services.mapping.read component:default/z1498',
      );
      const page = (cursor: object) =>
        world.portal
          .get('/mappings')
          .query({ q: 'external-db', ...cursor })
          .expect(200);

      const { body: first } = await page({});
      expect(names(first)).toEqual(['external-db']);
      expect(Buffer.from(first.nextCursor, 'base64url').toString()).toContain(
        'component:default/z1499',
      );
      const { body: second } = await page({ cursor: first.nextCursor });
      expect(second).toEqual({ items: [] });
    });

    it('tells who depends on a name, an alias on the way, and an address', async () => {
      const rows: [string, string[]][] = [
        ['/targets/db.example.com', ['external-db']],
        ['/targets/EDGE.example.net.', ['external-db']],
        ['/targets/203.0.113.7', ['external-db']],
        ['/targets/example.com', []],
      ];
      for (const [path, expected] of rows) {
        const { body } = await world.portal.get(path).expect(200);
        expect({ path, found: names(body) }).toEqual({
          path,
          found: expected,
        });
      }
    });

    it('refuses wrong queries and names the field', async () => {
      const rows = [
        ['limit=0', 'limit'],
        ['limit=1000', 'limit'],
        ['cursor=nonsense', 'cursor'],
        ['state=broken', 'state'],
      ];
      for (const [query, field] of rows) {
        const { body } = await world.portal
          .get(`/mappings?${query}`)
          .expect(400);
        expect(body.error.message).toContain(field);
      }
    });

    it('asks DNS nothing for what a caller types', async () => {
      world.dns.asked.length = 0;
      await world.portal.get('/targets/typed.example.com').expect(200);
      await world.portal.get('/mappings?q=typed.example.com').expect(200);
      expect(world.dns.asked.join()).not.toContain('typed');
    });
  });
});
