import { mockServices } from '@backstage/backend-test-utils';
import { databaseIds, testDatabases } from '../__testUtils__/testDatabases';
import { openDatabase } from '../database/openDatabase';
import type { SourceRow } from '../database/SourceRow';
import { Outcome, SourceStore } from '../database/SourceStore';
import type { Delay } from './Bell';
import type { SingleHandler } from './SourceHandler';
import { Worker } from './Worker';

const done: Outcome = { succeeded: true, status: {}, nextDueIn: 3_600_000 };

/** A delay that ends when the test says so, or at once when aborted. */
function manualDelay() {
  const waiting = new Set<() => void>();
  const delay: Delay = (_milliseconds, signal) =>
    new Promise(resolve => {
      const end = () => {
        waiting.delete(end);
        resolve();
      };
      waiting.add(end);
      signal.addEventListener('abort', end, { once: true });
      if (signal.aborted) {
        end();
      }
    });
  return { delay, elapse: () => [...waiting].forEach(end => end()) };
}

describe('Worker', () => {
  const databases = testDatabases();
  describe.each(databaseIds)('on %s', id => {
    let now: number;
    let sources: SourceStore;
    const workers: Worker[] = [];

    beforeEach(async () => {
      now = 1_000_000;
      const knex = await openDatabase({ getClient: () => databases.init(id) });
      sources = SourceStore.create(knex, { clock: async () => now });
    });
    afterEach(async () => {
      await Promise.all(workers.splice(0).map(worker => worker.stop()));
    });

    function start(
      holder: string,
      handle: SingleHandler['handle'],
      delay: Delay = manualDelay().delay,
      concurrency = 4,
    ): Worker {
      const worker = Worker.create({
        sources,
        holder,
        delay,
        logger: mockServices.logger.mock(),
        handlers: [{ kind: 'repository', concurrency, handle }],
      });
      workers.push(worker);
      worker.start();
      return worker;
    }

    const row = async (key: string): Promise<SourceRow> => {
      const [found] = await sources.get([SourceStore.idOf('repository', key)]);
      return found;
    };
    const eventually = async (check: () => Promise<boolean> | boolean) => {
      while (!(await check())) {
        await new Promise(resolve => setImmediate(resolve));
      }
    };

    it('does each piece of work once, however many replicas there are', async () => {
      const keys = Array.from({ length: 12 }, (_, index) => `r${index}`);
      await sources.ensure('repository', keys);
      const handled: string[] = [];
      const handle = async (claim: SourceRow) => {
        handled.push(claim.key);
        return done;
      };
      start('a', handle);
      start('b', handle);

      await eventually(() => handled.length >= keys.length);
      expect([...handled].sort()).toEqual([...keys].sort());
    });

    it('works on no more rows at a time than it may', async () => {
      const keys = Array.from({ length: 9 }, (_, index) => `r${index}`);
      await sources.ensure('repository', keys);
      let running = 0;
      let most = 0;
      let handled = 0;
      const handle = async () => {
        running += 1;
        most = Math.max(most, running);
        await new Promise(resolve => setImmediate(resolve));
        running -= 1;
        handled += 1;
        return done;
      };
      start('a', handle, manualDelay().delay, 3);

      await eventually(() => handled === keys.length);
      expect(most).toBe(3);
    });

    it('looks for work at once when it is woken', async () => {
      const handled: string[] = [];
      const worker = start('a', async claim => {
        handled.push(claim.key);
        return done;
      });
      await sources.ensure('repository', ['new']);
      worker.wake();

      await eventually(() => handled.includes('new'));
      expect(handled).toEqual(['new']);
    });

    it('tries again later what failed, and works on', async () => {
      await sources.ensure('repository', ['bad', 'good']);
      start('a', async claim => {
        if (claim.key === 'bad') {
          throw new Error('no network');
        }
        return done;
      });

      await eventually(async () => (await row('good')).seenAt !== undefined);
      await eventually(async () => (await row('bad')).failures === 1);
      const bad = await row('bad');
      expect(bad.holder).toBeUndefined();
      expect(bad.nextDue - now).toBeGreaterThanOrEqual(4_000);
      expect(bad.nextDue - now).toBeLessThanOrEqual(6_000);
    });

    it('tries again later what the database refuses to write', async () => {
      await sources.ensure('repository', ['bad']);
      start('a', async () => ({
        ...done,
        status: 'refused',
        write: async transaction => {
          await transaction('sources').insert({ id: null });
        },
      }));

      await eventually(async () => (await row('bad')).failures === 1);
      const bad = await row('bad');
      expect(bad).toMatchObject({ holder: undefined, seenAt: undefined });
      expect(bad.status).not.toBe('refused');
      expect(bad.nextDue - now).toBeGreaterThanOrEqual(4_000);
      expect(bad.nextDue - now).toBeLessThanOrEqual(6_000);
    });

    it('gives back what it works on when it stops, for others to take at once', async () => {
      await sources.ensure('repository', ['r']);
      let begun = false;
      const worker = start('a', async (_claim, signal) => {
        begun = true;
        await new Promise(resolve => signal.addEventListener('abort', resolve));
        throw signal.reason;
      });
      await eventually(() => begun);
      await worker.stop();

      expect(await row('r')).toMatchObject({ holder: undefined, failures: 0 });
      const handled: string[] = [];
      start('b', async claim => {
        handled.push(claim.key);
        return done;
      });
      await eventually(() => handled.includes('r'));
    });

    it('aborts its work when the lease is lost, and writes nothing', async () => {
      await sources.ensure('repository', ['r']);
      const { delay, elapse } = manualDelay();
      let aborted = false;
      let begun = false;
      start(
        'a',
        async (_claim, signal) => {
          begun = true;
          await new Promise(resolve =>
            signal.addEventListener('abort', resolve),
          );
          aborted = true;
          return { ...done, status: 'of the old holder' };
        },
        delay,
        1,
      );
      await eventually(() => begun);
      now += 25_000;
      const [taken] = await sources.claim('repository', {
        limit: 1,
        holder: 'b',
        leaseMs: 25_000,
      });
      await eventually(() => {
        elapse();
        return aborted;
      });
      await sources.finish(taken, { ...done, status: 'of the new holder' });

      expect((await row('r')).status).toBe('of the new holder');
    });

    it('never works on a row twice at a time, though it was removed and made anew', async () => {
      await sources.ensure('repository', ['r']);
      const handled: string[] = [];
      let end = () => {};
      const worker = start('a', async ({ key }, signal) => {
        handled.push(key);
        if (handled.length === 1) {
          await new Promise<void>(resolve => {
            end = resolve;
            signal.addEventListener('abort', end);
          });
          return { ...done, status: 'of the removed row' };
        }
        return { ...done, status: 'of the new row' };
      });
      await eventually(() => handled.length === 1);
      await sources.purge('repository', []);
      await sources.ensure('repository', ['r', 'other']);
      worker.wake();
      await eventually(() => handled.includes('other'));
      expect(handled).toEqual(['r', 'other']);

      end();
      await eventually(() => handled.length === 3);
      expect(handled).toEqual(['r', 'other', 'r']);
      await eventually(async () => (await row('r')).seenAt !== undefined);
      expect((await row('r')).status).toBe('of the new row');
    });
  });
});
