import type { Knex } from 'knex';
import { databaseIds, testDatabases } from '../../__testUtils__/testDatabases';
import type { LiveManifest } from './WatchedResource';
import { ClusterStore } from './ClusterStore';
import { toLiveRow } from './LiveRow';
import { openDatabase } from '../../database/openDatabase';
import { SourceStore } from '../../database/SourceStore';

const service = (
  name: string,
  metadata: Record<string, unknown> = {},
): LiveManifest => ({
  apiVersion: 'v1',
  kind: 'Service',
  metadata: { name, namespace: 'shop', uid: `uid-${name}`, ...metadata },
  spec: {},
});

const slice = (name: string, of: string): LiveManifest => ({
  apiVersion: 'discovery.k8s.io/v1',
  kind: 'EndpointSlice',
  metadata: {
    name,
    namespace: 'shop',
    uid: `uid-${name}`,
    labels: { 'kubernetes.io/service-name': of },
  },
  endpoints: [],
});

const owned = (id: string) => ({ annotations: { 'external-services/id': id } });

describe('ClusterStore', () => {
  const databases = testDatabases();
  describe.each(databaseIds)('on %s', id => {
    let knex: Knex;
    let store: ClusterStore;
    const eu = SourceStore.idOf('cluster', 'eu');
    const us = SourceStore.idOf('cluster', 'us');

    beforeEach(async () => {
      knex = await openDatabase({ getClient: () => databases.init(id) });
      store = ClusterStore.create(knex);
      await SourceStore.create(knex).ensure('cluster', ['eu', 'us']);
    });

    const put = (source: string, manifests: LiveManifest[], now = 1) =>
      knex.transaction(transaction =>
        store.apply(
          transaction,
          source,
          manifests.map(manifest => {
            const row = toLiveRow(manifest);
            return { key: row, row };
          }),
          now,
        ),
      );
    const find = async (query: Partial<Parameters<typeof store.find>[0]>) =>
      (
        await store.find({
          entityRefs: [],
          kubernetesIds: [],
          labelled: [],
          names: [],
          ...query,
        })
      ).map(
        ({ cluster, manifest: { kind, metadata } }) =>
          `${cluster} ${kind} ${(metadata as { name: string }).name}`,
      );

    it('finds by identity, in every cluster, each Service with its slices', async () => {
      await put(eu, [
        service('db', owned('component:default/orders#db')),
        slice('db-1', 'db'),
        slice('db-2', 'db'),
        slice('api-1', 'api'),
        service('other', owned('component:default/orders-two#db')),
      ]);
      await put(us, [service('db', owned('component:default/orders#db'))]);
      expect(await find({ entityRefs: ['component:default/orders'] })).toEqual([
        'eu EndpointSlice db-1',
        'eu EndpointSlice db-2',
        'eu Service db',
        'us Service db',
      ]);
    });

    it('finds the Service of a slice that has the identity', async () => {
      const mine = slice('api-1', 'api');
      await put(eu, [
        service('api'),
        {
          ...mine,
          metadata: {
            ...mine.metadata,
            ...owned('component:default/cart#api'),
          },
        },
      ]);
      expect(await find({ entityRefs: ['component:default/cart'] })).toEqual([
        'eu EndpointSlice api-1',
        'eu Service api',
      ]);
    });

    it('finds by label', async () => {
      await put(eu, [
        service('a', { labels: { 'backstage.io/kubernetes-id': 'cart' } }),
        service('b', { labels: { 'backstage.io/kubernetes-id': 'car' } }),
      ]);
      expect(await find({ kubernetesIds: ['cart'] })).toEqual(['eu Service a']);
    });

    it('finds by name in the clusters and the namespace asked for, and nowhere else', async () => {
      await put(eu, [service('db'), service('db', { namespace: 'secret' })]);
      await put(us, [service('db')]);
      expect(
        await find({
          names: [{ sourceIds: [eu], namespace: 'shop', name: 'db' }],
        }),
      ).toEqual(['eu Service db']);
    });

    it('finds by one of some labels as they are now, in the namespace asked for', async () => {
      const app = (name: string, value: string, namespace = 'shop') =>
        service(name, { namespace, labels: { app: value, tier: 'db' } });
      const labelled = [
        { sourceIds: [eu], namespace: 'shop', labels: ['app=a', 'app=b'] },
      ];
      await put(eu, [
        app('one', 'a'),
        slice('one-1', 'one'),
        app('two', 'b'),
        app('other', 'c'),
        app('secret', 'a', 'secret'),
      ]);
      await put(us, [app('one', 'a')]);
      expect(await find({ labelled })).toEqual([
        'eu EndpointSlice one-1',
        'eu Service one',
        'eu Service two',
      ]);
      await put(eu, [app('one', 'c')]);
      expect(await find({ labelled })).toEqual(['eu Service two']);
    });

    it('finds nothing for an empty question', async () => {
      await put(eu, [service('db')]);
      expect(await find({})).toEqual([]);
    });

    it('finds many at once, each once', async () => {
      const many = Array.from({ length: 450 }, (_, n) =>
        service(`s${n}`, owned(`component:default/c${n}#s`)),
      );
      await put(eu, many);
      const refs = many.map((_, n) => `component:default/c${n}`);
      const names = many.map(({ metadata: { name } }) => ({
        sourceIds: [eu],
        namespace: 'shop',
        name,
      }));
      expect(await find({ entityRefs: refs, names })).toHaveLength(450);
    });

    it('replaces and removes objects, and knows when each changed', async () => {
      await put(eu, [service('a'), service('b')], 1);
      await put(eu, [service('a', { labels: { x: 'y' } })], 2);
      await knex.transaction(transaction =>
        store.apply(
          transaction,
          eu,
          [{ key: { kind: 'Service', namespace: 'shop', name: 'b' } }],
          3,
        ),
      );
      const rows = await knex('cluster_objects').select('name', 'changed_at');
      expect(rows.map(row => [row.name, Number(row.changed_at)])).toEqual([
        ['a', 2],
      ]);
    });

    it.each([
      ['characters that no database takes', 'component:default/a\0#x'],
      ['half a character', 'component:default/a\ud800#x'],
      [
        'more than an identity can have',
        `component:default/${'a'.repeat(999)}`,
      ],
      ['no entity', '#x'],
    ])('keeps an object whose identity has %s', async (_, value) => {
      await put(eu, [service('a', owned(value))]);
      const known = await store.known(eu);
      expect([...known.keys()]).toEqual(['Service/shop/a']);
    });

    it('goes with the cluster', async () => {
      await put(eu, [service('a')]);
      await SourceStore.create(knex).purge('cluster', ['us']);
      expect(await knex('cluster_objects')).toEqual([]);
    });
  });
});
