import { createNamespace } from '../testing/createNamespace';
import { describeWithControlPlane } from '../testing/describeWithControlPlane';
import { sharedControlPlane } from '../testing/sharedControlPlane';
import { waitUntil } from '../process/waitUntil';
import type { ClusterClient } from './ClusterClient';

jest.setTimeout(90_000);

describeWithControlPlane('a control plane', () => {
  let cluster: ClusterClient;
  let namespace: string;

  const kubectl = (...args: string[]) =>
    cluster.kubectl([...args, `--namespace=${namespace}`]);
  const apply = (...objects: object[]) =>
    cluster.kubectl(
      ['apply', `--namespace=${namespace}`, '--filename=-'],
      objects.map(object => JSON.stringify(object)).join('\n---\n'),
    );

  beforeAll(async () => {
    cluster = await sharedControlPlane();
    namespace = await createNamespace(cluster);
  });

  it('runs client and server of one version', async () => {
    const answer = await cluster.kubectl(['version', '--output=json']);
    const { clientVersion, serverVersion } = JSON.parse(answer);
    expect(cluster.info.version).toMatch(/^v1\.\d+\.\d+$/);
    expect(serverVersion.gitVersion).toBe(cluster.info.version);
    expect(clientVersion.gitVersion).toBe(cluster.info.version);
  });

  it('denies a service account what its Role does not allow', async () => {
    await kubectl('create', 'serviceaccount', 'reader');
    await kubectl(
      'create',
      'role',
      'reader',
      '--verb=get,list',
      '--resource=services',
    );
    await kubectl(
      'create',
      'rolebinding',
      'reader',
      '--role=reader',
      `--serviceaccount=${namespace}:reader`,
    );
    const file = await cluster.serviceAccountKubeconfig(namespace, 'reader');
    const asReader = (...args: string[]) =>
      kubectl(...args, `--kubeconfig=${file}`);

    await expect(asReader('get', 'services', '-o=name')).resolves.toBe('');
    await expect(asReader('get', 'endpointslices')).rejects.toThrow(
      /endpointslices.discovery.k8s.io is forbidden.*cannot list resource/,
    );
    await expect(
      asReader('create', 'service', 'externalname', 'x', '--external-name=a.b'),
    ).rejects.toThrow(/cannot create resource "services"/);
  });

  it('mirrors the Endpoints of a Service without selector into slices', async () => {
    await apply(
      {
        apiVersion: 'v1',
        kind: 'Service',
        metadata: { name: 'api' },
        spec: { ports: [{ port: 80 }] },
      },
      {
        apiVersion: 'v1',
        kind: 'Endpoints',
        metadata: { name: 'api' },
        subsets: [
          {
            addresses: [{ ip: '203.0.113.1' }, { ip: '203.0.113.2' }],
            ports: [{ port: 8080 }],
          },
        ],
      },
    );

    let slices: unknown[] = [];
    await waitUntil(
      async () => {
        const list = await kubectl(
          'get',
          'endpointslices',
          '--selector=kubernetes.io/service-name=api',
          '--output=json',
        );
        slices = JSON.parse(list).items;
        return slices.length > 0;
      },
      { description: 'the mirrored slice', timeoutMs: 15_000 },
    );

    expect(slices).toEqual([
      expect.objectContaining({
        metadata: expect.objectContaining({
          labels: expect.objectContaining({
            'endpointslice.kubernetes.io/managed-by':
              'endpointslicemirroring-controller.k8s.io',
          }),
        }),
        // The controller keeps no order.
        endpoints: expect.arrayContaining([
          expect.objectContaining({ addresses: ['203.0.113.1'] }),
          expect.objectContaining({ addresses: ['203.0.113.2'] }),
        ]),
        ports: [expect.objectContaining({ port: 8080, protocol: 'TCP' })],
      }),
    ]);
  });

  it('answers a strict dry run with the fields at fault, and stores nothing', async () => {
    const client = cluster.apiServerClient(1);
    const dryRun = async (yaml: string) => {
      const answer = await client.send({
        method: 'POST',
        path: `/api/v1/namespaces/${namespace}/services?dryRun=All&fieldValidation=Strict`,
        body: yaml,
      });
      return JSON.parse(answer.body);
    };
    try {
      const refused = await dryRun(`
apiVersion: v1
kind: Service
metadata: {name: Wrong}
spec: {type: ExternalName, externalName: db_1.example.com}
`);
      expect(refused.code).toBe(422);
      expect(refused.details.causes).toMatchObject([
        { field: 'metadata.name' },
        { field: 'spec.externalName' },
      ]);

      const unknown = await dryRun(`
apiVersion: v1
kind: Service
metadata: {name: fine}
spec: {type: ExternalName, externalname: db.example.com}
`);
      expect(unknown.code).toBe(400);
      expect(unknown.message).toContain('unknown field "spec.externalname"');

      const accepted = await dryRun(`
apiVersion: v1
kind: Service
metadata: {name: fine}
spec: {type: ExternalName, externalName: db.example.com}
`);
      expect(accepted.kind).toBe('Service');
      await expect(kubectl('get', 'service', 'fine')).rejects.toThrow(
        'not found',
      );
    } finally {
      client.close();
    }
  });
});
