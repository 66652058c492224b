import type { Knex } from 'knex';
import { databaseIds, testDatabases } from '../__testUtils__/testDatabases';
import { databaseClock } from './databaseClock';
import { LeaseLostError } from './LeaseLostError';
import { openDatabase } from './openDatabase';
import { Outcome, SourceStore } from './SourceStore';

const LEASE_MS = 25_000;

const outcome = (over: Partial<Outcome> = {}): Outcome => ({
  succeeded: true,
  status: { seen: true },
  cursor: 'etag',
  nextDueIn: 60_000,
  ...over,
});

describe('SourceStore', () => {
  const databases = testDatabases();
  describe.each(databaseIds)('on %s', id => {
    let now: number;
    let knex: Knex;
    let store: SourceStore;

    beforeEach(async () => {
      now = 1_000_000;
      knex = await openDatabase({ getClient: () => databases.init(id) });
      store = SourceStore.create(knex, { clock: async () => now });
    });

    const claim = (holder: string, limit = 10) =>
      store.claim('repository', { limit, holder, leaseMs: LEASE_MS });
    const idOf = (key: string) => SourceStore.idOf('repository', key);

    it('gives every due row to one of two replicas only', async () => {
      const keys = Array.from({ length: 20 }, (_, index) => `r${index}`);
      await store.ensure('repository', keys);

      const claims = await Promise.all([claim('a', 15), claim('b', 15)]);

      const taken = claims.flat().map(row => row.key);
      expect(new Set(taken).size).toBe(taken.length);
      const rest = await claim('c', 20);
      expect([...taken, ...rest.map(row => row.key)].sort()).toEqual(
        [...keys].sort(),
      );
    });

    it('keeps the kinds apart', async () => {
      await store.ensure('dns', ['db.example.com portal']);
      expect(await claim('a')).toEqual([]);
    });

    it('gives a row whose lease ended to another replica', async () => {
      await store.ensure('repository', ['r']);
      await claim('a');
      now += LEASE_MS - 1;
      expect(await claim('b')).toEqual([]);
      now += 1;
      expect(await claim('b')).toHaveLength(1);
    });

    it('lets a replica keep its lease as long as it renews it', async () => {
      await store.ensure('repository', ['r']);
      const [held] = await claim('a');
      now += LEASE_MS - 1;
      expect(await store.renew(held, LEASE_MS)).toBe(true);
      now += LEASE_MS - 1;
      expect(await claim('b')).toEqual([]);
    });

    it('refuses every write of a replica that lost its lease', async () => {
      await store.ensure('repository', ['r']);
      const [lost] = await claim('a');
      now += LEASE_MS;
      const [held] = await claim('b');

      const write = jest.fn();
      await expect(store.finish(lost, outcome({ write }))).rejects.toThrow(
        LeaseLostError,
      );
      expect(write).not.toHaveBeenCalled();
      expect(await store.renew(lost, LEASE_MS)).toBe(false);
      await store.release(lost);

      await store.finish(held, outcome());
      const [row] = await store.get([idOf('r')]);
      expect(row).toMatchObject({ status: { seen: true }, cursor: 'etag' });
    });

    it('writes nothing at all when a part of the outcome cannot be written', async () => {
      await store.ensure('repository', ['r']);
      const [held] = await claim('a');
      const write = async () => {
        throw new Error('disk full');
      };
      await expect(store.finish(held, outcome({ write }))).rejects.toThrow(
        'disk full',
      );
      const [row] = await store.get([idOf('r')]);
      expect(row.status).toBeUndefined();
      expect(row.holder).toBe('a');
    });

    it('lets a holder write as often as it likes, its rows and its cursor together', async () => {
      await store.ensure('cluster', ['eu']);
      const [held] = await store.claim('cluster', {
        limit: 1,
        holder: 'a',
        leaseMs: LEASE_MS,
      });
      const progress = { status: { objects: 1 }, write: async () => {} };
      await store.write(held, at => ({
        ...progress,
        cursor: '1',
        seenAt: at - 7,
      }));
      now += 5;
      await store.write(held, () => ({ ...progress, cursor: '2' }));
      const [row] = await store.get([held.id]);
      expect(row).toMatchObject({
        holder: 'a',
        cursor: '2',
        seenAt: now - 12,
        status: { objects: 1 },
      });

      const disk = store.write(held, () => ({
        ...progress,
        cursor: '3',
        write: async () => {
          throw new Error('disk full');
        },
      }));
      await expect(disk).rejects.toThrow('disk full');
      expect((await store.get([held.id]))[0].cursor).toBe('2');

      now += LEASE_MS;
      await store.claim('cluster', {
        limit: 1,
        holder: 'b',
        leaseMs: LEASE_MS,
      });
      const write = jest.fn();
      await expect(
        store.write(held, () => ({ ...progress, cursor: '4', write })),
      ).rejects.toThrow(LeaseLostError);
      expect(write).not.toHaveBeenCalled();
      expect((await store.get([held.id]))[0].cursor).toBe('2');
    });

    it('claims the keys it is asked for but those it is to leave, and purges all others', async () => {
      await store.ensure('cluster', ['eu', 'us']);
      const options = { limit: 9, holder: 'a', leaseMs: LEASE_MS };
      const claimed = await store.claim('cluster', {
        ...options,
        keys: ['us', 'asia'],
      });
      expect(claimed.map(({ key }) => key)).toEqual(['us']);
      expect(
        await store.claim('cluster', { ...options, except: ['eu'] }),
      ).toEqual([]);
      await store.ensure('repository', ['r']);
      await store.purge('cluster', ['us']);
      expect(await knex('sources').orderBy('key').pluck('key')).toEqual([
        'r',
        'us',
      ]);
    });

    it('makes a finished row due again when its time has come', async () => {
      await store.ensure('repository', ['r']);
      const [held] = await claim('a');
      await store.finish(held, outcome());
      now += 59_999;
      expect(await claim('b')).toEqual([]);
      now += 1;
      expect(await claim('b')).toHaveLength(1);
    });

    it('counts failures and keeps when the last success began', async () => {
      await store.ensure('repository', ['r']);
      const seenAt = now;
      const [first] = await claim('a');
      now += 5;
      await store.finish(first, outcome({ nextDueIn: 0 }));
      for (const failures of [1, 2]) {
        const checkedAt = now;
        const [again] = await claim('a');
        now += 5;
        await store.finish(again, outcome({ succeeded: false, nextDueIn: 0 }));
        const [row] = await store.get([idOf('r')]);
        expect(row).toMatchObject({ failures, seenAt, checkedAt });
      }
    });

    it('gives a released row to another replica at once', async () => {
      await store.ensure('repository', ['r']);
      const [held] = await claim('a');
      await store.release(held);
      expect(await claim('b')).toHaveLength(1);
    });

    it('makes old rows due, and only those', async () => {
      await store.ensure('repository', ['r']);
      const [held] = await claim('a');
      await store.finish(held, outcome());
      now += 9_999;
      expect(await store.hasten([idOf('r')], now - 10_000)).toBe(0);
      now += 1;
      expect(await store.hasten([idOf('r')], now - 10_000)).toBe(1);
      expect(await claim('b')).toHaveLength(1);
    });

    it.each<[string, () => Promise<unknown>]>([
      ['by a press', () => store.hasten([idOf('r')], now)],
      [
        'by a new entity',
        () => knex('sources').where('id', idOf('r')).update({ next_due: now }),
      ],
    ])(
      'keeps a reading due that is asked for %s during one',
      async (_, ask) => {
        await store.ensure('repository', ['r']);
        const [held] = await claim('a');
        now += 5;
        await ask();
        expect(await claim('b')).toEqual([]);
        await store.finish(held, outcome());

        const [again] = await claim('b');
        expect(again.checkedAt).toBe(now - 5);
        await store.finish(again, outcome());
        expect(await claim('c')).toEqual([]);
      },
    );

    it('does not read again for a look during a reading', async () => {
      await store.ensure('repository', ['r']);
      const [held] = await claim('a');
      expect(await store.hasten([idOf('r')], now, { insist: false })).toBe(0);
      await store.finish(held, outcome());
      expect(await claim('b')).toEqual([]);
    });

    it('leaves rows that back off alone, unless it is told otherwise', async () => {
      await store.ensure('repository', ['r']);
      const [held] = await claim('a');
      await store.finish(held, outcome({ succeeded: false }));
      now += 10_000;
      const hasten = (insist: boolean) =>
        store.hasten([idOf('r')], now, { insist });
      expect(await hasten(false)).toBe(0);
      expect(await claim('b')).toEqual([]);
      expect(await hasten(true)).toBe(1);
      expect(await claim('b')).toHaveLength(1);
    });

    it('keeps what is known of a row that is ensured again', async () => {
      await store.ensure('repository', ['r']);
      const [held] = await claim('a');
      await store.finish(held, outcome());
      await store.ensure('repository', ['r']);
      expect(await claim('b')).toEqual([]);
    });

    it('tells the time of the database', async () => {
      const clock = databaseClock(knex);
      expect(Math.abs((await clock()) - Date.now())).toBeLessThan(5_000);
    });
  });
});
