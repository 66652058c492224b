import { collectExternalServices } from '@external-services/backstage-plugin-external-services-common';
import { parseManifests } from '@external-services/backstage-plugin-external-services-common/yaml';
import { readTemplate } from '../__testUtils__/readTemplate';
import { startPortal } from '../__testUtils__/startPortal';

jest.setTimeout(60_000);

const CATALOG_INFO = `apiVersion: backstage.io/v1alpha1
kind: Component
metadata:
  name: orders # the shop's
spec:
  type: service
`;

const dns = (over = {}) => ({
  kind: 'dns',
  leadsTo: { dev: 'db.dev.example.com', prod: 'db.example.com' },
  protocol: 'postgresql',
  ...over,
});
const addresses = (over = {}) => ({
  kind: 'addresses',
  addresses: { prod: '203.0.113.1\n203.0.113.2\n' },
  protocol: 'http',
  name: 'external-api',
  ...over,
});
const values = (service: object, over = {}) => ({
  component: 'component:default/orders',
  service,
  ...over,
});

describe('the template external-service', () => {
  let portal: Awaited<ReturnType<typeof startPortal>>;

  beforeEach(async () => {
    portal = await startPortal(
      {
        orders: { 'catalog-info.yaml': CATALOG_INFO },
        products: {
          'catalog-info.yaml': CATALOG_INFO,
          'external-services/prod/external-db.yaml':
            'kind: ConfigMap\nmetadata:\n  name: mine\n',
        },
      },
      { 'backstage.io/kubernetes-namespace': 'shop' },
    );
  });
  afterEach(() => portal.stop());

  const orders = async () =>
    (await portal.host.store.repositories.find('shop', 'orders'))!;
  const filesOf = async (ref: string) => {
    const repository = await orders();
    const paths = (
      await repository.git(['ls-tree', '-r', '--name-only', ref])
    ).toString();
    return paths.trim().split('\n');
  };
  const textAt = async (ref: string, path: string) =>
    (await (await orders()).git(['show', `${ref}:${path}`])).toString();
  const pulls = async () =>
    portal.host.store.pullRequests(await orders()).list();

  it('opens a pull request with the files of each environment and nothing else', async () => {
    const task = await portal.run('external-service', values(dns()));

    expect(task.message).toContain('Run completed with status: completed');
    const [pull] = await pulls();
    expect(pull).toMatchObject({
      title: 'Add external-db for orders (dev, prod)',
      head: 'external-services/add-external-db-for-orders-dev-prod',
      base: 'main',
    });
    expect(pull.body).toContain('external-db.shop.svc.cluster.local');
    expect(await filesOf(pull.head)).toEqual([
      'README.md',
      'catalog-info.yaml',
      'external-services/dev/external-db.yaml',
      'external-services/prod/external-db.yaml',
    ]);
    const path = 'external-services/prod/external-db.yaml';
    const { objects } = parseManifests(await textAt(pull.head, path), path);
    expect(collectExternalServices(objects)).toMatchObject([
      {
        id: 'component:default/orders#external-db',
        service: {
          name: 'external-db',
          namespace: 'shop',
          environment: 'prod',
          target: { dnsName: 'db.example.com' },
          ports: [{ name: 'postgresql', port: 5432, protocol: 'TCP' }],
        },
      },
    ]);
  });

  it('shows links, the next steps, the configuration and the files', async () => {
    const { output } = await portal.run('external-service', values(dns()));

    expect(output?.links).toEqual([
      {
        title: 'Open the pull request',
        icon: 'github',
        url: `${portal.host.url}/shop/orders/pull/1`,
      },
      {
        title: 'Open orders',
        icon: 'catalog',
        entityRef: 'component:default/orders',
      },
    ]);
    expect(output?.text?.map(({ title }) => title)).toEqual([
      'What happens next',
      'Your configuration',
      'Files',
      'Notes',
    ]);
    const [next, configuration, files] = output!.text!;
    expect(next).toMatchObject({
      default: true,
      content: expect.stringContaining(
        'A colleague merges the pull request. If one was open for the same already, it is renewed.',
      ),
    });
    expect(configuration.content).toBe(
      'Your app connects to `external-db.shop.svc.cluster.local`, port 5432 (PostgreSQL).',
    );
    expect(files.content).toContain('```yaml\napiVersion: v1\nkind: Service');
  });

  it('renews the pull request that is open for the same', async () => {
    await portal.run('external-service', values(dns()));
    const leadsTo = { dev: 'db.dev.example.com', prod: 'db2.example.com' };
    const again = await portal.run(
      'external-service',
      values(dns({ leadsTo, name: 'external-db' })),
    );
    expect(again).toMatchObject({ status: 'completed' });
    expect(await pulls()).toHaveLength(1);
    const [{ number, head }] = await pulls();
    expect(number).toBe(1);
    expect(again.output?.links?.[0].url).toContain('/pull/1');
    const [file] = (await filesOf(head)).filter(path => path.includes('prod'));
    expect(await textAt(head, file)).toContain('db2.example.com');
  });

  it('opens no second pull request for what is merged', async () => {
    await portal.run('external-service', values(dns()));
    await portal.host.store.pullRequests(await orders()).merge(1);

    const again = await portal.run('external-service', values(dns()));

    expect(again.status).toBe('completed');
    expect(again.output?.links?.map(({ title }) => title)).toEqual([
      'Open orders',
    ]);
    expect(again.output?.text?.map(({ content }) => content)).toContain(
      'Nothing to change: the repository has these files already.',
    );
    expect(await pulls()).toHaveLength(1);
  });

  it('takes title, text and branch from the second page', async () => {
    await portal.run(
      'external-service',
      values(dns(), {
        pullRequestTitle: 'A name for the database',
        pullRequestText: 'As agreed.',
        branch: 'db/name',
      }),
    );

    expect(await pulls()).toMatchObject([
      {
        title: 'A name for the database',
        body: 'As agreed.',
        head: 'db/name',
      },
    ]);
  });

  it('takes every setting of fixed addresses', async () => {
    const task = await portal.run(
      'external-service',
      values(
        addresses({
          port: 8080,
          addressSettings: {
            namespace: 'payments',
            targetPort: 8443,
            endpoints: 'Endpoints',
            layout: 'file-per-service',
            morePorts: 'admin 9090:9091\n',
          },
        }),
      ),
    );

    expect(task.message).toContain('Run completed with status: completed');
    const [{ head }] = await pulls();
    const path = 'external-services/external-api.yaml';
    const { objects } = parseManifests(await textAt(head, path), path);
    expect(objects.map(({ manifest }) => manifest.kind)).toEqual([
      'Service',
      'Endpoints',
    ]);
    expect(collectExternalServices(objects)).toMatchObject([
      {
        service: {
          namespace: 'payments',
          target: { addresses: ['203.0.113.1', '203.0.113.2'] },
          ports: [
            { name: 'http', port: 8080, targetPort: 8443 },
            { name: 'admin', port: 9090, targetPort: 9091 },
          ],
        },
      },
    ]);
  });

  it('says in the pull request that certificates will not fit', async () => {
    const task = await portal.run(
      'external-service',
      values(
        dns({ leadsTo: { prod: 'api.partner.example' }, protocol: 'https' }),
      ),
    );

    const note =
      'api.partner.example shows a certificate for its own name, but your app asks for external-api.shop.svc.cluster.local. The connection fails unless your app or gateway sends the real name.';
    expect((await pulls())[0].body).toContain(note);
    expect(
      task.output?.text?.find(({ title }) => title === 'Notes')?.content,
    ).toContain(note);
  });

  it('leaves a file alone that is not ours, and names it', async () => {
    const task = await portal.run(
      'external-service',
      values(dns(), { component: 'component:default/products' }),
    );

    expect(task.status).toBe('failed');
    expect(task.message).toContain(
      'external-services/prod/external-db.yaml is not a file of ours',
    );
    expect(task.message).toContain('Nothing was written');
  });

  it('stops at a component that nobody can see', async () => {
    const task = await portal.run(
      'external-service',
      values(dns(), { component: 'component:default/nobody' }),
    );

    expect(task.status).toBe('failed');
    expect(task.message).toContain(
      'component:default/nobody is not in the catalog, or you may not see it. Choose another component.',
    );
  });
});

describe('the template external-service writes nothing', () => {
  let portal: Awaited<ReturnType<typeof startPortal>>;
  const template = readTemplate('external-service');

  beforeAll(async () => {
    portal = await startPortal({
      orders: { 'catalog-info.yaml': CATALOG_INFO },
    });
  });
  afterAll(() => portal.stop());

  const openPulls = async () => {
    const { repositories } = portal.host.store;
    const repository = await repositories.find('shop', 'orders');
    return portal.host.store.pullRequests(repository!).list();
  };

  it.each([
    ['a DNS name', dns(), 'external-services/prod/external-db.yaml'],
    ['addresses', addresses(), 'external-services/prod/external-api.yaml'],
    [
      'addresses given directly',
      addresses({ addressSettings: { headless: true } }),
      'external-services/prod/external-api.yaml',
    ],
  ])('when %s is only tried', async (_, service, path) => {
    const { status, body } = await portal.dryRun(template, values(service));

    expect(status).toBe(200);
    expect(
      body.directoryContents.map((file: { path: string }) => file.path),
    ).toContain(`changes/${path}`);
    expect(body.steps.map((step: { name: string }) => step.name)).toEqual([
      'Find the repository',
      'Read the repository',
      'Write the files',
      'Check the files',
      'Open the pull request',
    ]);
    expect(await openPulls()).toEqual([]);
  });

  it.each([
    ['no kind', { leadsTo: { dev: 'a.example.com' }, protocol: 'http' }],
    ['no protocol', dns({ protocol: undefined })],
    ['an unknown protocol', dns({ protocol: 'gopher' })],
    ['no target', dns({ leadsTo: {} })],
    ['no target at all', dns({ leadsTo: undefined })],
    ['no address', addresses({ addresses: {} })],
    ['a URL', dns({ leadsTo: { dev: 'https://db.example.com' } })],
    ['a port with the name', dns({ leadsTo: { dev: 'db.example.com:5432' } })],
    ['an address as a name', dns({ leadsTo: { dev: '203.0.113.1' } })],
    [
      'a name as an address',
      addresses({ addresses: { dev: 'db.example.com' } }),
    ],
    ['a port out of range', dns({ port: 70000 })],
    ['no port for other TCP', dns({ protocol: 'tcp' })],
    ['a bad name', dns({ name: 'External_DB' })],
    ['a bad namespace', dns({ dnsSettings: { namespace: 'My Shop' } })],
  ])('and starts no task with %s', async (_, service) => {
    const { status } = await portal.run('external-service', values(service));

    expect(status).toBe('refused');
    expect(await openPulls()).toEqual([]);
  });
});
