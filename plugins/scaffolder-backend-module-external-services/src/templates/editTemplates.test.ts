import { startPortal } from '../__testUtils__/startPortal';

jest.setTimeout(60_000);

const alias = (host: string) => `apiVersion: v1
kind: Service
metadata:
  name: external-db # the shop's
spec:
  type: ExternalName
  externalName: ${host}
`;
const DEV = 'external-services/dev/external-db.yaml';
const PROD = 'external-services/prod/external-db.yaml';
const OTHER = `${alias('other.example.com').replace('external-db', 'other')}`;

const component = 'component:default/orders';

describe('the templates for services that are there', () => {
  let portal: Awaited<ReturnType<typeof startPortal>>;

  beforeEach(async () => {
    const repositories = {
      orders: {
        'catalog-info.yaml': 'kind: Component\n',
        [DEV]: alias('db.dev.example.com'),
        [PROD]: alias('db.example.com'),
        'external-services/other.yaml': OTHER,
      },
      broken: {
        'external-services/db.yaml': alias('https://db/'),
        'external-services/port.yaml': alias('db'),
      },
      invoices: { 'README.md': 'none' },
    };
    portal = await startPortal(
      repositories,
      {},
      { environments: [{ name: 'dev' }, { name: 'prod' }] },
    );
  });
  afterEach(() => portal.stop());

  const orders = async () =>
    (await portal.host.store.repositories.find('shop', 'orders'))!;
  const filesAt = async (ref: string) => {
    const repository = await orders();
    const paths = (await repository.git(['ls-tree', '-r', '--name-only', ref]))
      .toString()
      .trim()
      .split('\n');
    const texts = await Promise.all(
      paths.map(async path => [
        path,
        (await repository.git(['show', `${ref}:${path}`])).toString(),
      ]),
    );
    return Object.fromEntries(texts) as Record<string, string>;
  };
  const pulls = async () =>
    portal.host.store.pullRequests(await orders()).list();

  it('change one target and nothing else', async () => {
    const before = await filesAt('main');
    const task = await portal.run('external-service-retarget', {
      component,
      name: 'external-db',
      change: { kind: 'dns', leadsTo: { prod: 'db2.example.com' } },
    });

    expect(task.message).toContain('Run completed with status: completed');
    const [pull] = await pulls();
    expect(pull).toMatchObject({
      title: 'Change target of external-db for orders (prod)',
      head: expect.stringMatching(
        /^external-services\/lead-external-db-to-db2-example-com-prod-for-orders-/,
      ),
    });
    expect(pull.body).toContain(
      'Running apps keep open connections until they reconnect.',
    );
    expect(await filesAt(pull.head)).toEqual({
      ...before,
      [PROD]: alias('db2.example.com'),
    });
    expect(task.output?.text?.map(({ title }) => title)).toEqual([
      'What happens next',
      'Files',
    ]);
    expect(task.output?.text?.[1].content).toContain(
      '+  externalName: db2.example.com',
    );
  });

  it('take a target for all environments or for single ones, not both', async () => {
    const task = await portal.run('external-service-retarget', {
      component,
      name: 'external-db',
      change: {
        kind: 'dns',
        leadsTo: { all: 'a.example.com', prod: 'b.example.com' },
      },
    });
    expect(task.status).toBe('refused');
  });

  it('open no pull request when it leads there already', async () => {
    const task = await portal.run('external-service-retarget', {
      component,
      name: 'other',
      change: { kind: 'dns', leadsTo: { all: 'other.example.com' } },
    });
    expect(task.status).toBe('completed');
    expect(task.output?.links?.map(({ title }) => title)).toEqual([
      'Open orders',
    ]);
    expect(task.output?.text?.[0].content).toBe(
      'Nothing to change: the repository says so already.',
    );
    expect(await pulls()).toEqual([]);
  });

  it('remove a service with its files', async () => {
    const before = await filesAt('main');
    const task = await portal.run('external-service-remove', {
      component,
      name: 'external-db',
      checked: true,
    });

    expect(task.message).toContain('Run completed with status: completed');
    const [pull] = await pulls();
    expect(pull.title).toBe('Remove external-db for orders');
    const { [DEV]: _dev, [PROD]: _prod, ...kept } = before;
    expect(await filesAt(pull.head)).toEqual(kept);
  });

  it('do not remove what nobody has checked', async () => {
    const task = await portal.run('external-service-remove', {
      component,
      name: 'external-db',
    });
    expect(task.status).toBe('refused');
    expect(task.message).toContain('checked');
  });

  it('check files: what is wrong with file, line and remedy', async () => {
    const task = await portal.run('external-service-check', {
      component: 'component:default/broken',
    });
    expect(task.status).toBe('failed');
    expect(task.message).toMatch(
      /The cluster would refuse these files:\nexternal-services\/db\.yaml:7: spec\.externalName: /,
    );
    // What is not wrong but worth knowing is in the log.
    expect(task.message).toMatch(/external-services\/port\.yaml:7: /);
  });

  it('check files: that all is well', async () => {
    const task = await portal.run('external-service-check', { component });
    expect(task.output?.text?.[0].content).toBe(
      'A cluster will accept all 3 files. Nothing to note.',
    );
  });

  it('check files: that there are none', async () => {
    const task = await portal.run('external-service-check', {
      component: 'component:default/invoices',
    });
    expect(task.output?.text?.[0].content).toBe('There are no files to check.');
  });
});
