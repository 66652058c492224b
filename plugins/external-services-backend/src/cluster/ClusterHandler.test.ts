import { describeWithControlPlane, sharedControlPlane } from 'cluster/testing';
import type { Knex } from 'knex';
import { eventually } from '../__testUtils__/eventually';
import type { Fault, ProxiedRequest } from '../__testUtils__/FaultProxy';
import {
  addresses,
  alias,
  LEAST,
  TestCluster,
} from '../__testUtils__/TestCluster';
import { databaseIds, testDatabases } from '../__testUtils__/testDatabases';
import { TestReplica } from '../__testUtils__/TestReplica';
import { openDatabase } from '../database/openDatabase';
import { SourceStore } from '../database/SourceStore';
import { grantingRule } from './grantingRule';

jest.setTimeout(120_000);

const READ_ONLY_ONCE = (resource: string) =>
  grantingRule(resource).replace(', watch', '');

describeWithControlPlane('A cluster that is held', () => {
  const databases = testDatabases();
  describe.each(databaseIds)('on %s', id => {
    let knex: Knex;
    let cluster: TestCluster;
    const replicas: TestReplica[] = [];

    beforeEach(async () => {
      knex = await openDatabase({ getClient: () => databases.init(id) });
      cluster = await TestCluster.create(await sharedControlPlane());
      await cluster.grant(LEAST);
    });
    afterEach(async () => {
      await Promise.all(replicas.splice(0).map(replica => replica.stop()));
      await cluster.stop();
    });

    async function start(holder = 'a') {
      const replica = await TestReplica.start(knex, [cluster.config()], holder);
      replicas.push(replica);
      return replica;
    }
    const holds = (replica: TestReplica, ...wanted: string[]) =>
      eventually(
        () => replica.names(),
        names => JSON.stringify(names) === JSON.stringify(wanted.sort()),
      );
    const watching = (replica: TestReplica) =>
      eventually(
        () => replica.row(),
        ({ status }) =>
          status?.services.state === 'watching' &&
          status.endpointSlices.state === 'watching',
      );
    const selectorOf = async (name: string) => {
      const row = await knex('cluster_objects').where({ name }).first();
      return JSON.parse(row.object).spec.selector;
    };
    const changedAt = async (name: string) => {
      const row = await knex('cluster_objects').where({ name }).first();
      return Number(row?.changed_at);
    };

    it('follows what the cluster runs, with the least rights, and leaves out what is not external', async () => {
      await cluster.apply(
        [
          alias('db', 'db.example.com'),
          addresses('api', '203.0.113.1'),
          `
apiVersion: v1
kind: Service
metadata: {name: of-pods}
spec: {selector: {app: x}, ports: [{port: 80}]}
`,
        ].join('---'),
      );
      const replica = await start();
      await holds(replica, 'EndpointSlice/api-1', 'Service/api', 'Service/db');
      const { status, seenAt } = await watching(replica);
      expect(status).toMatchObject({ phase: 'watching', objects: 3 });
      expect(seenAt).toBeDefined();

      const before = await changedAt('api');
      await cluster.apply(alias('db', 'other.example.com'));
      await cluster.apply(alias('new', 'new.example.com'));
      await cluster.delete('endpointslice', 'api-1');
      await holds(replica, 'Service/api', 'Service/db', 'Service/new');
      const [found] = await replica.clusters.find({
        entityRefs: [],
        kubernetesIds: [],
        labelled: [],
        names: [
          {
            sourceIds: [SourceStore.idOf('cluster', 'eu')],
            namespace: cluster.namespace,
            name: 'db',
          },
        ],
      });
      expect(found).toMatchObject({
        cluster: 'eu',
        manifest: {
          kind: 'Service',
          metadata: { name: 'db' },
          spec: { externalName: 'other.example.com' },
        },
      });
      // What did not change is not written.
      expect(await changedAt('api')).toBe(before);

      await cluster.apply(
        addresses('api', '203.0.113.1')
          .split('---')[0]
          .replace('spec: {', 'spec: {selector: {app: x}, '),
      );
      await cluster.delete('service', 'db');
      await holds(replica, 'Service/api', 'Service/new');
      expect(await selectorOf('api')).toEqual({ app: 'x' });

      // What it has become is told after everything was listed again as well.
      await replica.stop();
      await knex('sources').update({ cursor: null });
      const next = await start('b');
      await watching(next);
      await holds(next, 'Service/api', 'Service/new');
      await cluster.delete('service', 'api');
      await holds(next, 'Service/new');
    });

    it('tells open cards of the entity within 2 s', async () => {
      const replica = await start();
      await watching(replica);
      await replica.interests.replace([
        {
          entityRef: 'component:default/orders',
          entityUid: 'by-identity',
          interests: [
            { mode: 'conventional', title: 't', host: 'h', patterns: [] },
          ],
        },
        {
          entityRef: 'component:default/cart',
          entityUid: 'by-label',
          kubernetesId: 'cart',
          interests: [
            { mode: 'conventional', title: 't', host: 'h', patterns: [] },
          ],
        },
      ]);
      await cluster.apply(
        [
          alias(
            'db',
            'db.example.com',
            'annotations: {external-services/id: "component:default/orders#db"}',
          ),
          alias(
            'mail',
            'mail.example.com',
            'labels: {backstage.io/kubernetes-id: cart}',
          ),
        ].join('---'),
      );
      const told = await eventually(
        () => [...new Set(replica.signalled)].sort(),
        channels => channels.length === 2,
        2_000,
      );
      expect(told).toEqual([
        'external-services:by-identity',
        'external-services:by-label',
      ]);
    });

    it('shows Services where it may not read slices, says which rule is missing, and recovers when it is granted', async () => {
      await cluster.apply(addresses('api', '203.0.113.1'));
      await cluster.grant([grantingRule('services')]);
      const replica = await start();
      await holds(replica, 'Service/api');
      const { status, seenAt } = await eventually(
        () => replica.row(),
        row => row.status?.endpointSlices.state === 'failed',
      );
      expect(status?.services).toEqual({ state: 'watching' });
      expect(status?.endpointSlices.failure).toEqual({
        code: 'forbidden',
        message: 'it does not let the portal list endpointslices',
        verb: 'list',
        resource: 'endpointslices',
      });
      expect(seenAt).toBeDefined();

      await cluster.grant(LEAST);
      await watching(replica);
      await holds(replica, 'EndpointSlice/api-1', 'Service/api');
    });

    it('follows a namespace though it may not look into another', async () => {
      const replica = await TestReplica.start(knex, [
        cluster.config({ namespaces: [cluster.namespace, 'default'] }),
      ]);
      replicas.push(replica);
      await cluster.apply(alias('db', 'db.example.com'));
      await holds(replica, 'Service/db');
      const { status } = await eventually(
        () => replica.row(),
        row =>
          row.status?.services.state === 'failed' &&
          row.status.namespaces?.[cluster.namespace].services.state ===
            'watching',
      );
      expect(status?.namespaces).toMatchObject({
        [cluster.namespace]: {
          endpointSlices: { state: 'watching' },
          seenAt: expect.any(String),
        },
        default: { services: { failure: { code: 'forbidden', verb: 'list' } } },
      });
      expect(status?.namespaces?.default).not.toHaveProperty('seenAt');
    });

    it('says that it may not watch where it may only list, one verb below the least', async () => {
      await cluster.apply(alias('db', 'db.example.com'));
      await cluster.grant([
        READ_ONLY_ONCE('services'),
        grantingRule('endpointslices'),
      ]);
      const replica = await start();
      const { status } = await eventually(
        () => replica.row(),
        row => row.status?.services.state === 'failed',
      );
      expect(status?.services.failure).toMatchObject({
        code: 'forbidden',
        verb: 'watch',
        resource: 'services',
      });
      expect(await replica.names()).toEqual(['Service/db']);
    });

    it.each<[string, (asked: ProxiedRequest) => Fault | undefined, number?]>([
      ['resets every connection', () => ({ kind: 'reset' })],
      ['answers 500', () => ({ kind: 'status', status: 500 })],
      ['answers 429', () => ({ kind: 'status', status: 429 })],
      ['answers 403', () => ({ kind: 'status', status: 403 })],
      ['answers 401', () => ({ kind: 'status', status: 401 })],
      // Each stream waits for an answer for half a minute.
      ['hangs', () => ({ kind: 'hang' }), 2],
      [
        'has forgotten the version, and then cuts every list in the middle',
        ({ watch }) =>
          watch ? { kind: 'status', status: 410 } : { kind: 'cut', bytes: 600 },
      ],
      [
        'has forgotten the version, and then fails at the second page',
        ({ watch, continued }) => {
          if (watch) {
            return { kind: 'status', status: 410 };
          }
          return continued ? { kind: 'reset' } : undefined;
        },
      ],
      [
        'has forgotten the version, and then answers lists as others do',
        ({ watch }) => ({ kind: 'status', status: watch ? 410 : 200 }),
      ],
      [
        'cuts every watch in the middle of an object',
        ({ watch }) => (watch ? { kind: 'cut', bytes: 300 } : undefined),
      ],
    ])(
      'never deletes what is still there while the server %s, and catches up afterwards',
      async (_, fault, tries = 5) => {
        cluster.proxy.pageSize = 1;
        await cluster.apply(
          [
            alias('kept', 'kept.example.com'),
            alias('kept-too', 'kept.example.com'),
            alias('gone', 'gone.example.com'),
          ].join('---'),
        );
        const replica = await start();
        await holds(
          replica,
          'Service/gone',
          'Service/kept',
          'Service/kept-too',
        );
        await watching(replica);
        const written = [await changedAt('kept'), await changedAt('kept-too')];

        const { asked } = cluster.proxy;
        const before = asked.length;
        cluster.proxy.fault = fault;
        cluster.proxy.resetAll();
        await cluster.delete('service', 'gone');
        await cluster.apply(alias('new', 'new.example.com'));
        await eventually(
          () => asked.length,
          length => length >= before + tries,
        );
        expect(await replica.names()).toEqual(
          expect.arrayContaining(['Service/kept', 'Service/kept-too']),
        );

        cluster.proxy.fault = () => undefined;
        cluster.proxy.resetAll();
        await eventually(
          () => replica.names(),
          names => names.join() === 'Service/kept,Service/kept-too,Service/new',
          60_000,
        );
        // A row that was deleted in between would have been written anew.
        expect([await changedAt('kept'), await changedAt('kept-too')]).toEqual(
          written,
        );
      },
    );

    it('is resumed by another replica where it stood, with nothing lost and without a list', async () => {
      await cluster.apply(alias('db', 'db.example.com'));
      const first = await start('a');
      await holds(first, 'Service/db');
      await watching(first);
      await first.stop();
      await cluster.delete('service', 'db');
      await cluster.apply(alias('new', 'new.example.com'));
      const { asked } = cluster.proxy;
      asked.length = 0;

      const second = await start('b');
      await holds(second, 'Service/new');
      expect(asked.filter(one => one.startsWith('list'))).toEqual([]);
      expect((await second.row()).holder).toBe('b');
    });

    it('writes nothing any more once another replica has it, however late it notices', async () => {
      const sleeping = await start('a');
      await watching(sleeping);
      const next = await start('b');
      // For b the lease of a has ended; a itself goes on as if nothing were.
      next.skewMs = 60_000;
      await eventually(
        () => next.row(),
        ({ holder }) => holder === 'b',
      );
      const { generation } = await next.row();
      await cluster.apply(alias('db', 'db.example.com'));
      await holds(next, 'Service/db');
      expect(await next.row()).toMatchObject({ holder: 'b', generation });
    });
  });
});
