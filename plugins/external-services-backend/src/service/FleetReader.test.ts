import type {
  FleetItem,
  FleetResponse,
} from '@external-services/backstage-plugin-external-services-common';
import type { Knex } from 'knex';
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

    const names = ({ items }: FleetResponse) =>
      items.map(({ name, line: { environment } }) =>
        environment ? `${name} ${environment.name}` : name,
      );

    it('finds by host, domain, address, range, name, state, environment and owner', async () => {
      const rows: [string, string[]][] = [
        // Worst first, then production, then by name.
        ['', ['gone', 'external-api', 'external-db prod', 'external-db dev']],
        ['q=db.example.com', ['external-db prod']],
        ['q=*.example.org', ['gone']],
        ['q=*.org', ['gone']],
        ['q=*.ple.org', []],
        ['q=203.0.113.2', ['external-api']],
        ['q=203.0.113.0/24', ['external-api', 'external-db prod']],
        ['q=edge.example.net', ['external-db prod']],
        ['q=External-Api', ['external-api']],
        ['q=external-db.shop', ['external-db prod', 'external-db dev']],
        ['q=/orders', ['external-db prod', 'external-db dev']],
        ['q=external_db', []],
        ['q=%25', []],
        ['q=nothing.example', []],
        ['state=unresolved', ['gone']],
        ['state=unresolved&state=declared', ['gone', 'external-api']],
        ['env=dev&state=resolves', ['external-db dev']],
        ['env=dev&q=external-api', ['external-api']],
        [
          'owner=group:default/team-shop',
          ['external-db prod', 'external-db dev'],
        ],
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
      expect(found).toEqual([
        'gone',
        'external-api',
        'external-db prod',
        'external-db dev',
      ]);
    });

    it('goes through 500 entities for a page however little may be read, and tells nothing of the rest', async () => {
      const many = Array.from({ length: 602 }, (_, index) =>
        component(`z${1_000 + index}`, world.git),
      );
      const readable = 'component:default/z1601';
      world.portal.entities.push(...many);
      many.forEach(({ metadata: { name } }) =>
        world.portal.denied.add(
          `external-services.mapping.read component:default/${name}`,
        ),
      );
      world.portal.denied.delete(`external-services.mapping.read ${readable}`);
      await copyLines(
        world.knex,
        'component:default/products',
        many.map(({ metadata: { name } }) => `component:default/${name}`),
      );
      const page = async (cursor?: string) =>
        (
          await world.portal
            .get('/mappings')
            .query({ q: 'external-api', ...(cursor && { cursor }) })
            .expect(200)
        ).body;

      const first = await page();
      expect(names(first)).toEqual(['external-api']);
      expect(
        Buffer.from(first.nextCursor, 'base64url').toString('latin1'),
      ).not.toContain('external-api');
      const second = await page(first.nextCursor);
      expect(second.items.map(({ entityRef }: FleetItem) => entityRef)).toEqual(
        [readable],
      );
      expect(second.nextCursor).toBeUndefined();
    });

    it('tells who depends on a name, an alias on the way, and an address', async () => {
      const rows: [string, [string, string][]][] = [
        ['/targets/db.example.com', [['external-db prod', 'name']]],
        ['/targets/EDGE.example.net.', [['external-db prod', 'alias']]],
        ['/targets/203.0.113.7', [['external-db prod', 'address']]],
        ['/targets/example.com', []],
      ];
      for (const [path, expected] of rows) {
        const { body } = await world.portal.get(path).expect(200);
        const found = names(body).map((name, index) => [
          name,
          body.items[index].match,
        ]);
        expect({ path, found }).toEqual({ path, found: expected });
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

/** Gives entities the lines of another one, as if they were joined. */
async function copyLines(knex: Knex, from: string, to: string[]) {
  const entity = await knex('observed_entities')
    .where('entity_ref', from)
    .first();
  const lines = await knex('mapping_lines').where('entity_ref', from);
  const contents = await knex('line_contents').whereIn(
    'line_id',
    lines.map(({ id }) => id),
  );
  const idOf = (id: string, ref: string) => `${id.slice(0, 8)} ${ref}`;
  await knex.batchInsert(
    'observed_entities',
    to.map(ref => ({ ...entity, entity_ref: ref, work_id: ref })),
    50,
  );
  await knex.batchInsert(
    'mapping_lines',
    to.flatMap(ref =>
      lines.map(line => ({
        ...line,
        id: idOf(line.id, ref),
        entity_ref: ref,
        sort_key: `${line.sort_key} ${ref}`,
      })),
    ),
    50,
  );
  await knex.batchInsert(
    'line_contents',
    to.flatMap(ref =>
      contents.map(content => ({
        ...content,
        line_id: idOf(content.line_id, ref),
      })),
    ),
    50,
  );
}
