import type { MappingsResponse } from '@external-services/backstage-plugin-external-services-common';
import type { ClusterClient } from 'cluster/control-plane';
import {
  createNamespace,
  describeWithControlPlane,
  sharedControlPlane,
} from 'cluster/testing';
import { dnsAlias, fixedAddresses } from './__testUtils__/manifests';
import { component } from './__testUtils__/startPortal';
import { testDatabases } from './__testUtils__/testDatabases';
import { TestWorld } from './__testUtils__/TestWorld';

/** The addresses of `fixedAddresses`, in the form that the cluster mirrors. */
const oldForm = `apiVersion: v1
kind: Service
metadata:
  name: old-form
spec:
  ports:
    - port: 80
      targetPort: 8080
---
apiVersion: v1
kind: Endpoints
metadata:
  name: old-form
subsets:
  - addresses:
      - ip: 203.0.113.1
      - ip: 203.0.113.2
    ports:
      - port: 8080
`;

const FILES = {
  'external-services/dev/db.yaml': dnsAlias('external-db', 'db.example.com'),
  'external-services/dev/api.yaml': fixedAddresses,
  'external-services/dev/old.yaml': oldForm,
};

describeWithControlPlane('The mappings of an entity, with a cluster', () => {
  const databases = testDatabases();
  const world = TestWorld.forEachTest(() => databases.init('SQLITE_3'));
  let cluster: ClusterClient;
  let namespace: string;

  beforeAll(async () => {
    cluster = await sharedControlPlane();
  }, 120_000);
  beforeEach(async () => {
    namespace = await createNamespace(cluster);
  });

  const kubectl = (args: string[], input?: string) =>
    cluster.kubectl([`--namespace=${namespace}`, ...args], input);
  const apply = async (...manifests: string[]) => {
    await kubectl(['apply', '-f', '-'], manifests.join('---\n'));
  };
  const start = async (
    files: Record<string, string>,
    annotations: Record<string, string> = {},
  ) => {
    world.git.commit('shop/orders', {
      'catalog-info.yaml': 'kind: Component',
      ...files,
    });
    await world.start([component('orders', world.git, { annotations })], {
      config: {
        environments: [
          { name: 'dev', namespace, resolver: 'portal', clusters: ['eu'] },
        ],
        clusters: [
          {
            name: 'eu',
            title: 'Europe',
            kubeconfig: cluster.kubeconfigPath,
            namespaces: [namespace],
          },
        ],
      },
    });
  };
  const states = ({ items }: MappingsResponse) =>
    Object.fromEntries(items.map(({ name, state }) => [name, state]));
  const allAre = (state: string) => (answer: MappingsResponse) =>
    answer.items.length > 0 &&
    Object.values(states(answer)).every(found => found === state);
  const differencesOf = (answer: MappingsResponse, name: string) =>
    answer.items
      .find(item => item.name === name)
      ?.lines.flatMap(({ clusters = [] }) => clusters)
      .flatMap(({ differences, reasons }) => [
        ...differences.map(
          ({ field, declared, live }) => `${field}: ${declared} | ${live}`,
        ),
        ...reasons,
      ]);

  it('follows what is applied, in every form, and what is changed by hand', async () => {
    await start(FILES);
    expect(await world.settled('orders', allAre('not-applied'))).toMatchObject({
      sources: [
        {},
        { kind: 'cluster', title: 'Europe', status: 'ok' },
        { kind: 'dns' },
      ],
    });

    await apply(...Object.values(FILES));
    const { items } = await world.settled('orders', allAre('in-sync'));
    expect(items.flatMap(({ lines }) => lines.map(({ sync }) => sync))).toEqual(
      ['inSync', 'inSync', 'inSync'],
    );

    await kubectl([
      'patch',
      'service',
      'external-db',
      '--patch={"spec":{"externalName":"old.example.com"}}',
    ]);
    await kubectl(['delete', 'endpointslice', 'external-api-1']);
    await kubectl([
      'patch',
      'endpoints',
      'old-form',
      '--patch={"subsets":[{"addresses":[{"ip":"203.0.113.9"}],"ports":[{"port":8081}]}]}',
    ]);
    const changed = await world.settled('orders', allAre('drifted'));
    expect(differencesOf(changed, 'external-db')).toEqual([
      'target: db.example.com | old.example.com',
    ]);
    expect(differencesOf(changed, 'external-api')).toEqual([
      'addresses: 203.0.113.1, 203.0.113.2 | ',
      'deployer-rights',
    ]);
    expect(differencesOf(changed, 'old-form')).toEqual([
      'addresses: 203.0.113.1, 203.0.113.2 | 203.0.113.9',
      'ports: 80/TCP → 8080 | 80/TCP → 8081',
    ]);

    await kubectl(['delete', 'service', '--all']);
    await world.settled('orders', allAre('not-applied'));
  });

  it('gives the cluster time to follow a merge', async () => {
    await start({
      'external-services/dev/db.yaml': FILES['external-services/dev/db.yaml'],
    });
    await apply(FILES['external-services/dev/db.yaml']);
    await world.settled('orders', allAre('in-sync'));

    const moved = dnsAlias('external-db', 'db.dev.example.com');
    world.git.commit('shop/orders', {
      'catalog-info.yaml': 'kind: Component',
      'external-services/dev/db.yaml': moved,
    });
    const merged = await world.settledLater('orders', allAre('rolling-out'));
    expect(differencesOf(merged, 'external-db')).toEqual([
      'target: db.dev.example.com | db.example.com',
    ]);
    await apply(moved);
    await world.settled('orders', allAre('in-sync'));
  });

  it('shows what runs for the entity and is declared nowhere, and nothing else', async () => {
    await apply(
      dnsAlias('legacy-db', 'legacy.example.com'),
      dnsAlias('of-others', 'secret.example.com'),
    );
    await kubectl([
      'label',
      'service',
      'legacy-db',
      'backstage.io/kubernetes-id=orders',
    ]);
    await start({}, { 'backstage.io/kubernetes-id': 'orders' });

    const answer = await world.settled('orders', allAre('undeclared'));
    expect(states(answer)).toEqual({ 'legacy-db': 'undeclared' });
    expect(answer.items[0].lines[0]).toMatchObject({
      environment: { name: 'dev' },
      clusters: [{ name: 'eu', sync: 'undeclared', namespace }],
    });
    expect(JSON.stringify(answer)).not.toContain('secret');
  });

  it('explains a change from headless that the cluster accepts and ignores', async () => {
    await start({ 'external-services/dev/api.yaml': fixedAddresses });
    await apply(fixedAddresses.replace('spec:', 'spec:\n  clusterIP: None'));
    // Accepted, and ignored.
    await apply(fixedAddresses);
    expect(
      differencesOf(
        await world.settled('orders', allAre('drifted')),
        'external-api',
      ),
    ).toEqual(['headless: false | true', 'ignored-change']);
  });
});
