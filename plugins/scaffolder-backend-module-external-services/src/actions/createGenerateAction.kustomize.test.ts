import { createMockDirectory } from '@backstage/backend-test-utils';
import {
  createNamespace,
  describeWithControlPlane,
  sharedControlPlane,
} from 'cluster/testing';
import { runAction } from '../__testUtils__/runAction';
import { createGenerateAction } from './createGenerateAction';

jest.setTimeout(120_000);

const workspace = createMockDirectory();
const FOLDER = 'repository/external-services';

/** Runs the action and merges what it wrote into the repository. */
const add = (input: object) =>
  runAction(createGenerateAction(), workspace, {
    layout: 'per-environment',
    kustomization: true,
    repositoryPath: 'repository',
    outputPath: 'repository',
    ...input,
  });

const alias = {
  kind: 'dns',
  targets: { dev: 'db.dev.example.com', prod: 'xn--bcher-kva.example.' },
  protocol: 'postgresql',
};

const many = Array.from(
  { length: 1500 },
  (_, index) => `10.1.${Math.floor(index / 250)}.${index % 250}`,
);

describe('external-service:generate with a kustomization', () => {
  beforeEach(() => workspace.setContent({ repository: {} }));

  const read = (path: string) =>
    (
      workspace.content({ path: FOLDER }) as Record<
        string,
        Record<string, string>
      >
    )[path];

  it('starts one in each folder, and lists further files in it', async () => {
    const first = await add({ ...alias, name: 'db' });
    expect(first.changedFiles).toEqual([
      'external-services/dev/db.yaml',
      'external-services/prod/db.yaml',
      'external-services/dev/kustomization.yaml',
      'external-services/prod/kustomization.yaml',
    ]);
    const second = await add({
      ...alias,
      name: 'second',
      targets: { dev: 'b.example.com' },
    });
    expect(second.changedFiles).toEqual([
      'external-services/dev/second.yaml',
      'external-services/dev/kustomization.yaml',
    ]);
    expect(read('dev')['kustomization.yaml']).toBe(
      'apiVersion: kustomize.config.k8s.io/v1beta1\nkind: Kustomization\nresources:\n  - db.yaml\n  - second.yaml\n',
    );
    const again = await add({ ...alias, name: 'db' });
    expect(again.changedFiles).toEqual([]);
  });

  it('lists what is there already in a new one', async () => {
    await add({ ...alias, name: 'old', kustomization: false });
    await add({ ...alias, name: 'db' });
    expect(read('dev')['kustomization.yaml']).toContain(
      'resources:\n  - old.yaml\n  - db.yaml\n',
    );
  });

  it('leaves one that it cannot read, and says what to add', async () => {
    const broken = 'resources: [a';
    workspace.setContent({
      [FOLDER]: { dev: { 'kustomization.yml': broken } },
    });
    const { notesText } = await add({ ...alias, name: 'db' });
    expect(read('dev')['kustomization.yml']).toBe(broken);
    expect(notesText).toContain(
      '`external-services/dev/kustomization.yml` cannot be changed without risk. Add `db.yaml` to its resources.',
    );
  });
});

describeWithControlPlane('a folder for each environment', () => {
  let cluster: Awaited<ReturnType<typeof sharedControlPlane>>;
  let namespace: string;
  beforeAll(async () => {
    cluster = await sharedControlPlane();
    namespace = await createNamespace(cluster);
  }, 60_000);

  it('is built by kubectl kustomize and accepted by the server', async () => {
    workspace.setContent({ repository: {} });
    await add({ ...alias, name: 'on', namespace });
    await add({
      kind: 'addresses',
      name: 'api',
      namespace,
      targets: { dev: ['203.0.113.1', '2001:db8::1'], prod: many },
      protocol: 'https',
      targetPort: 8443,
      morePorts: 'admin 9090:9091\nsyslog 514/udp\ndiameter 3868/sctp',
      sessionAffinity: { timeoutSeconds: 600 },
      publishNotReadyAddresses: true,
      linterAnnotations: true,
      labels: { version: '1_000', 'example.com/on': 'yes' },
    });
    await add({
      kind: 'addresses',
      name: 'direct',
      namespace,
      targets: { dev: '203.0.113.1', prod: ['203.0.113.2', '2001:db8::2'] },
      headless: true,
      hostnames: { '203.0.113.1': 'no', '2001:db8::2': '1e3' },
      protocol: 'kafka',
    });
    await add({
      kind: 'addresses',
      name: 'old',
      namespace,
      targets: { dev: '203.0.113.1', prod: '203.0.113.2' },
      endpoints: 'Endpoints',
      protocol: 'tcp',
      port: 70,
    });

    const accepted = await Promise.all(
      ['dev', 'prod'].map(async environment => {
        const built = await cluster.kubectl([
          'kustomize',
          workspace.resolve(`${FOLDER}/${environment}`),
        ]);
        const answer = await cluster.kubectl(
          [
            'apply',
            '--server-side',
            '--dry-run=server',
            '--validate=strict',
            '--filename=-',
            '--output=name',
          ],
          built,
        );
        return answer.trim().split('\n').sort();
      }),
    );

    const slices = (...names: string[]) =>
      names.map(name => `endpointslice.discovery.k8s.io/${name}`);
    const services = ['api', 'direct', 'old', 'on'].map(
      name => `service/${name}`,
    );
    expect(accepted).toEqual([
      [
        ...slices('api-ipv4', 'api-ipv6', 'direct-ipv4'),
        'endpoints/old',
        ...services,
      ].sort(),
      [
        ...slices('api-ipv4', 'api-ipv4-1', 'direct-ipv4', 'direct-ipv6'),
        'endpoints/old',
        ...services,
      ].sort(),
    ]);
  });
});
