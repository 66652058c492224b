import { mockServices } from '@backstage/backend-test-utils';
import { eventually } from '../__testUtils__/eventually';
import { databaseIds, testDatabases } from '../__testUtils__/testDatabases';
import { openDatabase } from '../database/openDatabase';
import { SourceStore } from '../database/SourceStore';
import { Replicas } from './Replicas';
import { Worker } from './Worker';

jest.setTimeout(30_000);

const KEYS = ['c1', 'c2', 'c3', 'c4', 'c5'];

describe('Rows that are held for long', () => {
  const databases = testDatabases();
  describe.each(databaseIds)('on %s', id => {
    let now: number;
    let sources: SourceStore;
    let replicas: Replicas;
    let held: Map<string, string[]>;
    const workers = new Map<string, Worker>();

    beforeEach(async () => {
      now = 1_000_000;
      held = new Map();
      const knex = await openDatabase({ getClient: () => databases.init(id) });
      const clock = async () => now;
      sources = SourceStore.create(knex, { clock });
      replicas = Replicas.create(knex, { clock });
      await sources.ensure('cluster', KEYS);
    });
    afterEach(async () => {
      await Promise.all([...workers.values()].map(worker => worker.stop()));
      workers.clear();
    });

    function start(holder: string, heldKeys = KEYS) {
      const mine: string[] = [];
      held.set(holder, mine);
      const worker = Worker.create({
        sources,
        replicas,
        holder,
        logger: mockServices.logger.mock(),
        // Polls and renewals come at once, whatever the time.
        delay: () => new Promise(resolve => setTimeout(resolve, 5)),
        handlers: [
          {
            kind: 'cluster',
            concurrency: heldKeys.length,
            heldKeys: async () => heldKeys,
            handle: async ({ key }, signal) => {
              mine.push(key);
              await new Promise<void>(resolve => {
                signal.addEventListener('abort', () => resolve());
                if (signal.aborted) {
                  resolve();
                }
              });
              mine.splice(mine.indexOf(key), 1);
              throw signal.reason;
            },
          },
        ],
      });
      workers.set(holder, worker);
      worker.start();
      return worker;
    }
    const counts = () => [...held.values()].map(keys => keys.length);
    const spread = (...wanted: number[]) =>
      eventually(counts, found => found.join() === wanted.join());
    const all = () => [...held.values()].flat().sort();

    it('are all held by one replica that is alone', async () => {
      start('a');
      await spread(5);
      expect(all()).toEqual(KEYS);
    });

    it('are given back for a replica that comes, each held once', async () => {
      start('a');
      await spread(5);
      start('b');
      await spread(3, 2);
      expect(all()).toEqual(KEYS);
    });

    it('are taken over from a replica that ends', async () => {
      start('a');
      await spread(5);
      const b = start('b');
      await spread(3, 2);
      await b.stop();
      await spread(5, 0);
      expect(all()).toEqual(KEYS);
    });

    it('are taken over from a replica that died, when its lease has ended', async () => {
      // It is there and holds everything, and is never heard of again.
      await replicas.present('dead', 25_000);
      await sources.claim('cluster', {
        limit: 5,
        holder: 'dead',
        leaseMs: 25_000,
      });
      start('a');
      now += 24_999;
      await new Promise(resolve => setTimeout(resolve, 100));
      expect(counts()).toEqual([0]);
      now += 1;
      await spread(5);
    });

    it('come back when a replica with an older configuration has removed them', async () => {
      start('a');
      await spread(5);
      await sources.purge('cluster', ['c1']);
      const holders = await eventually(
        async () =>
          (
            await sources.get(KEYS.map(key => SourceStore.idOf('cluster', key)))
          ).flatMap(({ holder }) => holder ?? []),
        found => found.length === KEYS.length,
      );
      expect(new Set(holders)).toEqual(new Set(['a']));
    });

    it('are left to others where the configuration does not know them', async () => {
      start('a', ['c1', 'c2']);
      await spread(2);
      expect(all()).toEqual(['c1', 'c2']);
    });
  });
});
