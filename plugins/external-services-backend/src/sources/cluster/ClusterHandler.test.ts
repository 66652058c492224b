import { describeWithControlPlane } from 'cluster/testing';
import { eventually } from '../../__testUtils__/eventually';
import { HeldCluster } from '../../__testUtils__/HeldCluster';
import { addresses, alias } from '../../__testUtils__/TestCluster';
import { databaseIds, testDatabases } from '../../__testUtils__/testDatabases';
import { SourceStore } from '../../database/SourceStore';

jest.setTimeout(120_000);

describeWithControlPlane('A cluster that is held', () => {
  const databases = testDatabases();
  describe.each(databaseIds)('on %s', id => {
    const held = HeldCluster.forEachTest(() => databases.init(id));
    const selectorOf = async (name: string) => {
      const row = await held.knex('cluster_objects').where({ name }).first();
      return JSON.parse(row.object).spec.selector;
    };

    it('follows what the cluster runs, with the least rights, and leaves out what is not external', async () => {
      await held.cluster.apply(
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
      const replica = await held.start();
      await held.keeps(
        replica,
        'EndpointSlice/api-1',
        'Service/api',
        'Service/db',
      );
      const { status, seenAt } = await held.watches(replica);
      expect(status).toMatchObject({ phase: 'watching', objects: 3 });
      expect(seenAt).toBeDefined();

      const before = await held.changedAt('api');
      await held.cluster.apply(alias('db', 'other.example.com'));
      await held.cluster.apply(alias('new', 'new.example.com'));
      await held.cluster.delete('endpointslices', 'api-1');
      await held.keeps(replica, 'Service/api', 'Service/db', 'Service/new');
      const [found] = await replica.clusters.find({
        entityRefs: [],
        kubernetesIds: [],
        labelled: [],
        names: [
          {
            sourceIds: [SourceStore.idOf('cluster', 'eu')],
            namespace: held.cluster.namespace,
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
      expect(await held.changedAt('api')).toEqual(before);

      // It gets Pods: it is external no more.
      await held.cluster.apply(
        addresses('api', '203.0.113.1')
          .split('---')[0]
          .replace('spec: {', 'spec: {selector: {app: x}, '),
      );
      await held.cluster.delete('services', 'db');
      await held.keeps(replica, 'Service/api', 'Service/new');
      expect(await selectorOf('api')).toEqual({ app: 'x' });

      // What it has become is told after everything was listed again as well.
      await replica.stop();
      await held.knex('sources').update({ cursor: null });
      const next = await held.start('b');
      await held.watches(next);
      await held.keeps(next, 'Service/api', 'Service/new');
      await held.cluster.delete('services', 'api');
      await held.keeps(next, 'Service/new');
    });

    it('has its entities joined again within 2 s', async () => {
      const replica = await held.start();
      await held.watches(replica);
      await replica.interests.replace([
        {
          entityRef: 'component:default/orders',
          entityUid: 'by-identity',
          annotations: {},
          interests: [
            { mode: 'conventional', title: 't', host: 'h', patterns: [] },
          ],
        },
        {
          entityRef: 'component:default/cart',
          entityUid: 'by-label',
          annotations: { 'kubernetes-id': 'cart' },
          interests: [
            { mode: 'conventional', title: 't', host: 'h', patterns: [] },
          ],
        },
        {
          entityRef: 'component:default/wiki',
          entityUid: 'by-selector',
          annotations: { 'kubernetes-label-selector': 'app=wiki' },
          interests: [],
        },
        {
          entityRef: 'component:default/other',
          entityUid: 'not-concerned',
          annotations: { 'kubernetes-id': 'other' },
          interests: [],
        },
      ]);
      await replica.joinAll();
      await held.cluster.apply(
        [
          alias('wiki', 'wiki.example.com', 'labels: {app: wiki}'),
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
      const due = () =>
        eventually(
          () => replica.dueEntities(),
          entities => entities.length === 3,
          2_000,
        );
      expect(await due()).toEqual([
        'component:default/cart',
        'component:default/orders',
        'component:default/wiki',
      ]);

      // It is selected no more, which only the label tells that it had.
      await replica.joinAll();
      await held.cluster.apply(
        alias('wiki', 'wiki.example.com', 'labels: {app: other}'),
      );
      expect(
        await eventually(
          () => replica.dueEntities(),
          entities => entities.length > 0,
          2_000,
        ),
      ).toEqual(['component:default/wiki']);
    });

    it('is resumed by another replica where it stood, with nothing lost and without a list', async () => {
      await held.cluster.apply(alias('db', 'db.example.com'));
      const first = await held.start('a');
      await held.keeps(first, 'Service/db');
      await held.watches(first);
      await first.stop();
      await held.cluster.delete('services', 'db');
      await held.cluster.apply(alias('new', 'new.example.com'));
      const { asked } = held.cluster.proxy;
      asked.length = 0;

      const second = await held.start('b');
      await held.keeps(second, 'Service/new');
      expect(asked.filter(one => one.startsWith('list'))).toEqual([]);
      expect((await second.row()).holder).toBe('b');
    });

    it('writes nothing any more once another replica has it, however late it notices', async () => {
      const sleeping = await held.start('a');
      await held.watches(sleeping);
      const next = await held.start('b');
      // For b the lease of a has ended; a itself goes on as if nothing were.
      next.skewMs = 60_000;
      await eventually(
        () => next.row(),
        ({ holder }) => holder === 'b',
      );
      const { generation } = await next.row();
      await held.cluster.apply(alias('db', 'db.example.com'));
      await held.keeps(next, 'Service/db');
      expect(await next.row()).toMatchObject({ holder: 'b', generation });
    });
  });
});
