import { describeWithControlPlane, sharedControlPlane } from 'cluster/testing';
import { LEAST, TestCluster } from './__testUtils__/TestCluster';
import { databaseIds, testDatabases } from './__testUtils__/testDatabases';
import { TestWorld } from './__testUtils__/TestWorld';
import { grantingRule } from './sources/cluster/grantingRule';

describeWithControlPlane('GET /clusters', () => {
  const databases = testDatabases();
  describe('of a cluster that is there', () => {
    const world = TestWorld.forEachTest(() => databases.init('SQLITE_3'));
    let cluster: TestCluster;
    beforeEach(async () => {
      cluster = await TestCluster.create(await sharedControlPlane());
      await cluster.grant(LEAST);
    }, 120_000);
    afterEach(() => cluster.stop());

    const start = async (denied: string[] = []) =>
      world.start([], {
        denied,
        config: {
          environments: [{ name: 'prod', clusters: ['eu'] }, { name: 'dev' }],
          clusters: [
            {
              name: 'eu',
              title: 'Europe',
              kubeconfig: await cluster.client.serviceAccountKubeconfig(
                cluster.namespace,
                'portal',
              ),
              namespaces: [cluster.namespace],
            },
            { name: 'dev', kubeconfig: '/nowhere/kubeconfig' },
          ],
        },
      });
    const clusters = async () =>
      (await world.portal.get('/clusters').expect(200)).body.items;

    it('tells how well each cluster can be read, and which rule is missing', async () => {
      await cluster.grant([grantingRule('services')]);
      await start();
      const items = await world.eventually(
        clusters,
        ([eu, dev]) =>
          eu.services.state === 'watching' &&
          eu.endpointSlices.state === 'failed' &&
          dev.status === 'failed',
      );
      expect(items).toEqual([
        {
          name: 'eu',
          title: 'Europe',
          environments: ['prod'],
          status: 'ok',
          stale: false,
          connectedSince: expect.any(String),
          seenAt: expect.any(String),
          objects: 0,
          services: { state: 'watching' },
          endpointSlices: {
            state: 'failed',
            failure: {
              code: 'forbidden',
              message: 'it does not let the portal list endpointslices',
              verb: 'list',
              resource: 'endpointslices',
              rule: `- apiGroups: ['discovery.k8s.io']\n  resources: [endpointslices]\n  verbs: [get, list, watch]\n`,
            },
          },
        },
        expect.objectContaining({
          name: 'dev',
          environments: ['dev'],
          status: 'failed',
          services: {
            state: 'failed',
            failure: {
              code: 'not-collectable',
              message: 'its kubeconfig /nowhere/kubeconfig cannot be read',
            },
          },
        }),
      ]);
    });

    it('needs external-services.cluster.read', async () => {
      await start(['external-services.cluster.read']);
      const { status } = await world.portal.get('/clusters');
      expect(status).toBe(403);
    });
  });

  describe.each(databaseIds)('on %s', id => {
    const world = TestWorld.forEachTest(() => databases.init(id));
    const keys = () =>
      world.knex('sources').where('kind', 'cluster').pluck('key');

    it('forgets clusters that are gone from the configuration', async () => {
      await world.start([], {
        config: {
          clusters: ['eu', 'us'].map(name => ({
            name,
            kubeconfig: '/nowhere',
          })),
        },
      });
      await world.eventually(keys, found => found.length === 2);
      await world.portal.stop();
      await world.start([]);
      const { body } = await world.portal.get('/clusters').expect(200);
      expect(body.items).toEqual([]);
      expect(await keys()).toEqual([]);
    });
  });
});
