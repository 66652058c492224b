import { describeWithControlPlane, sharedControlPlane } from 'cluster/testing';
import { dnsAlias } from './__testUtils__/manifests';
import { component } from './__testUtils__/startPortal';
import { TestCluster } from './__testUtils__/TestCluster';
import { TestKubernetesPlugin } from './__testUtils__/TestKubernetesPlugin';
import { testDatabases } from './__testUtils__/testDatabases';
import { TestWorld } from './__testUtils__/TestWorld';
import { grantingRule } from './sources/cluster/grantingRule';

const STATED_SECONDS = 120;

describeWithControlPlane('Clusters that the Kubernetes plugin knows', () => {
  const databases = testDatabases();
  const world = TestWorld.forEachTest(() => databases.init('SQLITE_3'));
  let cluster: TestCluster;
  let kubernetes: TestKubernetesPlugin;

  beforeEach(async () => {
    cluster = await TestCluster.create(await sharedControlPlane());
    await cluster.grant([grantingRule('services')], 'ClusterRole');
    const { access } = cluster.config();
    kubernetes = new TestKubernetesPlugin({
      permission: { enabled: true },
      kubernetes: {
        serviceLocatorMethod: { type: 'multiTenant' },
        clusterLocatorMethods: [
          {
            type: 'config',
            clusters: [
              {
                name: 'prod',
                title: 'Production',
                url: cluster.proxy.url,
                authProvider: 'serviceAccount',
                serviceAccountToken:
                  access.kind === 'token' ? access.token : '',
              },
              {
                name: 'of-people',
                url: cluster.proxy.url,
                authProvider: 'oidc',
                oidcTokenProvider: 'okta',
              },
            ],
          },
        ],
      },
    });
    await kubernetes.start();
  }, 120_000);
  afterEach(async () => {
    kubernetes.end();
    await cluster.stop();
  });

  const clusters = async () =>
    (await world.portal.get('/clusters').expect(200)).body;
  const targets = async () => {
    const { items } = await world.answer('orders');
    return items.flatMap(({ lines }) =>
      lines.flatMap(({ clusters: all = [] }) =>
        all.flatMap(({ sync, differences, stale }) =>
          [
            sync,
            ...differences.map(({ live }) => live),
            stale && 'stale',
          ].filter(Boolean),
        ),
      ),
    );
  };
  const becomes = (...wanted: string[]) =>
    world.eventually(
      targets,
      found => JSON.stringify(found) === JSON.stringify(wanted),
    );
  const move = (to: string) =>
    cluster.apply(dnsAlias('external-db', `${to}.example.com`));

  it('are read through its proxy, resumed when it comes back, and left in time', async () => {
    const file = dnsAlias('external-db', 'db.example.com');
    await cluster.apply(file);
    world.git.commit('shop/orders', {
      'catalog-info.yaml': 'kind: Component',
      'external-services/prod/db.yaml': file,
    });
    await world.start([component('orders', world.git)], {
      features: [kubernetes.discovery],
      rootConfig: {
        kubernetes: { clusterLocatorMethods: [{ type: 'catalog' }] },
      },
      config: {
        environments: [{ name: 'prod', namespace: cluster.namespace }],
      },
    });

    await becomes('inSync');
    const { items, kubernetesPlugin: plugin } = await world.eventually(
      clusters,
      ({ items: [prod] }) => prod?.endpointSlices.state === 'failed',
    );
    expect(plugin).toEqual({ status: 'ok', seenAt: expect.any(String) });
    expect(items).toMatchObject([
      {
        name: 'prod',
        title: 'Production',
        environments: ['prod'],
        status: 'ok',
        endpointSlices: {
          failure: {
            code: 'forbidden',
            message: 'it does not let the portal list endpointslices',
            verb: 'list',
            rule: grantingRule('endpointslices'),
          },
        },
      },
      {
        name: 'of-people',
        environments: [],
        status: 'failed',
        services: {
          failure: {
            code: 'not-collectable',
            message: expect.stringContaining('token of the person who looks'),
          },
        },
      },
    ]);

    await move('second');
    await becomes('drifted', 'second.example.com');

    await kubernetes.stop();
    const failed = await world.eventually(
      clusters,
      ({ items: [prod] }) => prod.services.state === 'failed',
    );
    expect(failed.items[0].services.failure).toEqual({
      code: 'unreachable',
      message:
        'it cannot be asked: the Kubernetes plugin cannot be reached: the connection was refused',
    });
    await becomes('drifted', 'second.example.com', 'stale');
    await move('third');
    const asked = cluster.proxy.asked.length;
    await kubernetes.start();
    await becomes('drifted', 'third.example.com');
    expect(cluster.proxy.asked.slice(asked)).not.toContain('list services');

    await world.portal.stop();
    await world.eventually(
      async () => cluster.proxy.openWatches,
      open => open === 0,
    );
    expect(Math.max(...cluster.proxy.watchSeconds)).toBeLessThanOrEqual(
      STATED_SECONDS,
    );
  }, 90_000);
});
