import type { MappingsResponse } from '@external-services/backstage-plugin-external-services-common';
import { dnsAlias } from '../__testUtils__/manifests';
import { component } from '../__testUtils__/startPortal';
import { databaseIds, testDatabases } from '../__testUtils__/testDatabases';
import { address, zoneOf } from '../__testUtils__/TestDnsServer';
import { TestWorld } from '../__testUtils__/TestWorld';
import type { LineFacts } from './LineFacts';

const ORDERS = 'component:default/orders';
const CART = 'component:default/cart';

describe('Stored lines', () => {
  const databases = testDatabases();
  describe.each(databaseIds)('on %s', id => {
    const world = TestWorld.forEachTest(() => databases.init(id));

    const declare = (name: string, host: string) =>
      world.git.commit(`shop/${name}`, {
        'external-services/db.yaml': dnsAlias('db', host),
      });
    const lines = (entityRef: string) =>
      world.knex('mapping_lines').where('entity_ref', entityRef);
    const joinedAt = async (entityRef: string) =>
      Number(
        (
          await world
            .knex('sources')
            .where({ kind: 'entity', key: entityRef })
            .first('checked_at')
        ).checked_at,
      );
    const history = async (entityRef: string) =>
      (
        await world
          .knex('line_changes')
          .where('entity_ref', entityRef)
          .orderBy('id')
      ).map(({ before, after }) =>
        [before, after].map(facts => facts && (JSON.parse(facts) as LineFacts)),
      );
    const seenAt = ({ items, seenAt: whole }: MappingsResponse) => {
      const [line] = items[0].lines;
      return [
        whole,
        line.seenAt,
        line.resolution.checkedAt,
        ...line.checks.flatMap(check => check.seenAt ?? []),
      ].map(time => Date.parse(time ?? ''));
    };

    const freshnessAt = async () =>
      Number(
        (await world.knex('sources').where('kind', 'freshness').first())
          .checked_at,
      );
    const lookForFreshness = () =>
      world.knex('sources').where('kind', 'freshness').update({ next_due: 1 });

    it('answer with the ages of now, while nothing is written that says the same', async () => {
      declare('orders', 'db.example.com');
      await world.start([component('orders', world.git)]);
      const first = await world.settled('orders');
      const [{ hash }] = await lines(ORDERS);
      const joined = await joinedAt(ORDERS);

      await world.letTimePass();
      await world.refresh('orders');
      const second = await world.answer('orders');

      seenAt(first).forEach((time, index) =>
        expect(seenAt(second)[index]).toBeGreaterThan(time),
      );
      expect(await lines(ORDERS)).toMatchObject([{ hash }]);
      expect(await joinedAt(ORDERS)).toBe(joined);
    });

    it('are joined again for a change of theirs, and not for one of others', async () => {
      declare('orders', 'db.example.com');
      declare('cart', 'db.dev.example.com');
      await world.start([
        component('orders', world.git),
        component('cart', world.git),
      ]);
      await world.settled('orders');
      await world.settled('cart');
      const [orders, cart] = [await joinedAt(ORDERS), await joinedAt(CART)];

      world.dns.serve(
        zoneOf([
          address('db.example.com', '203.0.113.7'),
          address('db.dev.example.com', '10.8.0.99'),
        ]),
      );
      await world.letTimePass();
      await world.refresh('cart');

      expect(await joinedAt(CART)).toBeGreaterThan(cart);
      expect(await joinedAt(ORDERS)).toBe(orders);
      expect(await history(CART)).toEqual([
        [
          expect.objectContaining({ addresses: ['10.8.0.12'] }),
          expect.objectContaining({ addresses: ['10.8.0.99'] }),
        ],
      ]);
      expect(await history(ORDERS)).toEqual([]);
      expect(world.portal.signalled).toContain('external-services:uid-of-cart');
    });

    it('remember what became of them, and no more than is configured', async () => {
      declare('orders', 'db.example.com');
      await world.start([component('orders', world.git)], {
        config: { history: { maxPerLine: 2 } },
      });
      await world.settled('orders');
      const hosts = ['one.example.com', 'two.example.com', 'db.example.com'];
      for (const host of hosts) {
        declare('orders', host);
        await world.letTimePass();
        await world.settled(
          'orders',
          ({
            items: [
              {
                lines: [line],
                state,
              },
            ],
          }) =>
            'dnsName' in line.target &&
            line.target.dnsName === host &&
            state !== 'checking',
        );
      }
      const changes = await history(ORDERS);
      expect(changes).toHaveLength(2);
      expect(changes[1][1]).toMatchObject({
        name: 'db',
        state: 'resolves',
        target: ['db.example.com'],
        addresses: ['203.0.113.7'],
      });

      world.git.commit('shop/orders', {
        'external-services/new.yaml': dnsAlias('new', 'db.example.com'),
      });
      await world.letTimePass();
      await world.settled('orders', ({ items: [{ name }] }) => name === 'new');
      const found = (await history(ORDERS)).slice(-2);
      expect(found).toContainEqual([
        null,
        expect.objectContaining({ name: 'new', state: 'resolves' }),
      ]);
      expect(found).toContainEqual([
        expect.objectContaining({ name: 'db' }),
        null,
      ]);

      world.git.commit('shop/orders', {});
      await world.letTimePass();
      await world.settled('orders', ({ items }) => items.length === 0);
      const [, gone] = (await history(ORDERS)).pop()!;
      expect(gone).toBeNull();
      expect(await lines(ORDERS)).toEqual([]);
    });

    it('get old when a source falls silent, and new again when it is heard of', async () => {
      declare('orders', 'db.example.com');
      await world.start([component('orders', world.git)]);
      await world.settled('orders');
      const repository = () =>
        world.knex('sources').where('kind', 'repository');
      // It was heard of an hour ago, and nobody asks it before tomorrow.
      await repository().decrement('seen_at', 3_600_000);
      await repository().decrement('stale_at', 3_600_000);
      await repository().update({ next_due: Date.now() + 86_400_000 });
      await lookForFreshness();
      const old = await world.settled(
        'orders',
        ({ items }) => items[0].lines[0].stale,
      );
      expect(old.items[0].state).toBe('resolves');
      const [{ seen_at: seen }] = await repository();
      expect(Date.parse(old.items[0].lines[0].seenAt!)).toBe(Number(seen));

      await world.letTimePass();
      await world.refresh('orders');
      const { items } = await world.answer('orders');
      expect(items[0].lines[0].stale).toBe(false);
    });

    it('are joined again with another configuration, and only then', async () => {
      declare('orders', 'db.example.com');
      await world.start([component('orders', world.git)]);
      await world.settled('orders');
      const first = await joinedAt(ORDERS);
      await world.portal.stop();

      await world.start([component('orders', world.git)]);
      await lookForFreshness();
      await world.eventually(freshnessAt, at => at > first);
      expect(await joinedAt(ORDERS)).toBe(first);
      await world.portal.stop();

      await world.start([component('orders', world.git)], {
        config: { policy: { deny: ['db.example.com'] } },
      });
      const { items } = await world.settled(
        'orders',
        answer => answer.items[0].state === 'not-allowed',
      );
      expect(items).toHaveLength(1);
    });

    it('are forgotten with their entity, and their history is not', async () => {
      declare('orders', 'db.example.com');
      await world.start([component('orders', world.git)]);
      await world.settled('orders');
      declare('orders', 'db.dev.example.com');
      await world.letTimePass();
      await world.settled(
        'orders',
        ({ items }) =>
          items[0].lines[0].resolution.addresses[0]?.address === '10.8.0.12',
      );
      world.portal.entities.splice(0);
      await world
        .knex('sources')
        .where('kind', 'catalog')
        .update({ next_due: 1 });
      await world.eventually(
        () => lines(ORDERS),
        rows => rows.length === 0,
      );
      expect(await world.knex('observed_entities')).toEqual([]);
      expect(await world.knex('sources').where('kind', 'entity')).toEqual([]);
      expect(await history(ORDERS)).not.toEqual([]);
    });

    it('are answered in pages, each service on one', async () => {
      world.git.commit('shop/orders', {
        'external-services/all.yaml': Array.from({ length: 7 }, (_, index) =>
          dnsAlias(`db-${index}`, 'db.example.com'),
        ).join('---\n'),
      });
      await world.start([component('orders', world.git)]);
      await world.settled('orders');
      const names: string[] = [];
      let cursor: string | undefined;
      do {
        const { body } = await world.portal
          .mappings('orders')
          .query({ limit: 3, ...(cursor && { cursor }) })
          .expect(200);
        expect(body.total).toBe(7);
        names.push(...body.items.map(({ name }: { name: string }) => name));
        cursor = body.nextCursor;
      } while (cursor);
      expect(names).toEqual(
        Array.from({ length: 7 }, (_, index) => `db-${index}`),
      );
    });

    it('of one repository are bounded, as is an answer', async () => {
      const file = (first: number) =>
        Array.from({ length: 100 }, (_, index) =>
          dnsAlias(`db-${first + index}`, 'db.example.com'),
        ).join('---\n');
      world.git.commit(
        'shop/orders',
        Object.fromEntries(
          Array.from({ length: 15 }, (_, index) => [
            `external-services/${index}.yaml`,
            file(100 * index),
          ]),
        ),
      );
      await world.start([component('orders', world.git)]);
      const answer = await world.settled('orders', ({ total }) => total > 0);
      expect(answer).toMatchObject({
        total: 1_000,
        findings: [{ code: 'repository-capped' }],
      });
      expect(answer.items).toHaveLength(100);
      expect(JSON.stringify(answer).length).toBeLessThan(400_000);
      const { body } = await world.portal
        .get('/mappings')
        .query({ q: 'db.example.com', limit: 200 })
        .expect(200);
      expect(body.items).toHaveLength(200);
    });
  });
});
