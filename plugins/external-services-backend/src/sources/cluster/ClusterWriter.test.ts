import { mockServices } from '@backstage/backend-test-utils';
import type { Knex } from 'knex';
import { eventually } from '../../__testUtils__/eventually';
import { databaseIds, testDatabases } from '../../__testUtils__/testDatabases';
import { ClusterStore } from './ClusterStore';
import { LeaseLostError } from '../../database/LeaseLostError';
import { openDatabase } from '../../database/openDatabase';
import type { Claim } from '../../database/SourceRow';
import { SourceStore } from '../../database/SourceStore';
import { ClusterWriter } from './ClusterWriter';
import { LiveManifest, watchedResources } from './WatchedResource';

const [SERVICES, SLICES] = watchedResources();
const LEASE = { limit: 1, leaseMs: 25_000 };

const service = (name: string, to = name): LiveManifest => ({
  apiVersion: 'v1',
  kind: 'Service',
  metadata: { name, namespace: 'shop', uid: name },
  spec: { type: 'ExternalName', externalName: to },
});
const at = (resourceVersion: string) => ({ server: 's', resourceVersion });

describe('ClusterWriter', () => {
  const databases = testDatabases();
  describe.each(databaseIds)('on %s', id => {
    let knex: Knex;
    let sources: SourceStore;
    let store: ClusterStore;
    let claim: Claim;
    let onClock: () => Promise<void>;
    let now: number;
    let local: number;
    let stopping: AbortController;
    let ended: Promise<unknown>;
    let warned: string[];

    beforeEach(async () => {
      now = 1_000_000;
      local = 0;
      onClock = async () => {};
      warned = [];
      stopping = new AbortController();
      ended = Promise.resolve();
      knex = await openDatabase({ getClient: () => databases.init(id) });
      sources = SourceStore.create(knex, {
        clock: async () => {
          await onClock();
          return now;
        },
      });
      store = ClusterStore.create(knex);
      await sources.ensure('cluster', ['eu']);
      [claim] = await sources.claim('cluster', { ...LEASE, holder: 'a' });
    });
    afterEach(async () => {
      stopping.abort();
      await ended;
    });

    async function start() {
      const logger = mockServices.logger.mock();
      logger.warn.mockImplementation(message => warned.push(message));
      const writer = new ClusterWriter({
        hold: claim,
        sources,
        store,
        logger,
        known: await store.known(claim.id),
        cursor: { wanted: 'w', streams: {} },
        staleAfterMs: 150_000,
        wake: () => {},
        delay: (_, signal) =>
          new Promise(resolve => {
            signal.addEventListener('abort', () => resolve());
            // Gathering and trying again take no time; idling, which alone ends
            // at more than the end of all, takes for ever.
            if (signal === stopping.signal || signal.aborted) {
              setImmediate(resolve);
            }
          }),
        now: () => local,
      });
      const services = writer.stream(SERVICES).sink;
      const slices = writer.stream(SLICES).sink;
      const running = writer.run(stopping.signal);
      ended = running.catch(() => {});
      return { services, slices, running };
    }
    const stored = async () => {
      const [row] = await sources.get([claim.id]);
      return {
        names: await knex('cluster_objects').orderBy('name').pluck('name'),
        version: row.cursor
          ? JSON.parse(row.cursor).streams['services/']?.resourceVersion
          : undefined,
      };
    };

    it('never writes a position without what was told before it', async () => {
      const { services } = await start();
      onClock = async () => {
        onClock = async () => {};
        // Told while the first writing waits for the database; the next ones fail.
        await services.put(service('b'), at('2'));
        onClock = () => Promise.reject(new Error('away'));
      };
      await services.put(service('a'), at('1'));
      await eventually(
        () => warned.length,
        length => length > 0,
      );
      expect(await stored()).toEqual({ names: ['a'], version: '1' });
      onClock = async () => {};
      await eventually(stored, ({ version }) => version === '2');
      expect((await stored()).names).toEqual(['a', 'b']);
    });

    it('writes later what the database does not take now, and loses nothing', async () => {
      const { services } = await start();
      onClock = () => Promise.reject(new Error('away'));
      await services.put(service('a'), at('1'));
      await services.put(service('b'), at('2'));
      await eventually(
        () => warned.length,
        length => length > 2,
      );
      await services.remove(service('a'), at('3'));
      await services.put(service('b', 'newer'), at('4'));
      onClock = async () => {};
      await eventually(stored, ({ version }) => version === '4');
      expect((await stored()).names).toEqual(['b']);
      const row = await knex('cluster_objects').first();
      expect(JSON.parse(row.object).spec.externalName).toBe('newer');
    });

    it('removes what a list does not have, of its own kind only', async () => {
      const { services, slices } = await start();
      await slices.put(
        {
          ...service('slice'),
          kind: 'EndpointSlice',
          metadata: {
            ...service('slice').metadata,
            labels: { 'kubernetes.io/service-name': 'b' },
          },
        },
        at('1'),
      );
      await services.put(service('a'), at('1'));
      await services.put(service('b'), at('2'));
      await services.replace([service('b'), service('c')], at('9'));
      await eventually(stored, ({ version }) => version === '9');
      expect((await stored()).names).toEqual(['b', 'c', 'slice']);
    });

    it('ends when another replica has the cluster, and writes nothing', async () => {
      const { services, running } = await start();
      now += 25_000;
      await sources.claim('cluster', { ...LEASE, holder: 'b' });
      await services.put(service('a'), at('1'));
      await expect(running).rejects.toThrow(LeaseLostError);
      expect(await stored()).toEqual({ names: [], version: undefined });
    });

    it('keeps no stream waiting once it has ended, though the database is away', async () => {
      const { services } = await start();
      onClock = () => Promise.reject(new Error('away'));
      const told = Promise.all(
        Array.from({ length: 5_010 }, (_, index) =>
          services.put(service(`a-${index}`), at(String(index))),
        ),
      );
      stopping.abort();
      await told;
      // What had arrived before the end is still read.
      await services.put(service('last'), at('9999'));
      await services.replace([service('last')], at('9999'));
      await expect(ended).resolves.toBeUndefined();
    });

    it('counts a cluster as seen when its most silent stream was', async () => {
      const { services, slices } = await start();
      services.state({ state: 'watching' });
      slices.state({ state: 'watching' });
      await services.heard(at('1'));
      local = 5_000;
      await slices.heard(at('1'));
      local = 7_000;
      await services.put(service('a'), at('2'));
      const [row] = await eventually(
        () => sources.get([claim.id]),
        ([found]) => found.seenAt !== undefined,
      );
      expect(row.seenAt).toBe(now - 2_000);
    });
  });
});
