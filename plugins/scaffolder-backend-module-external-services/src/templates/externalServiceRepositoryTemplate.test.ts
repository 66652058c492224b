import { readTemplate } from '../__testUtils__/readTemplate';
import { startPortal } from '../__testUtils__/startPortal';

jest.setTimeout(60_000);

describe('the template external-service-repository', () => {
  let portal: Awaited<ReturnType<typeof startPortal>>;
  const template = readTemplate('external-service-repository');

  beforeAll(async () => {
    portal = await startPortal({});
  });
  afterAll(() => portal.stop());

  const values = () => ({
    service: {
      kind: 'addresses',
      addresses: { dev: '203.0.113.1', prod: '203.0.113.2\n2001:db8::2' },
      protocol: 'http',
      name: 'external-api',
    },
    component: 'names',
    owner: 'group:default/team-shop',
    repoUrl: `${new URL(portal.host.url).host}?owner=shop&repo=names`,
  });

  it('makes a repository with the component and its files, and registers it', async () => {
    const task = await portal.run('external-service-repository', values());

    expect(task.message).toContain('Run completed with status: completed');
    const repository = await portal.host.store.repositories.find(
      'shop',
      'names',
    );
    const git = async (...args: string[]) =>
      (await repository!.git(args)).toString();
    expect(await git('ls-tree', '-r', '--name-only', 'main')).toBe(
      [
        'catalog-info.yaml',
        'external-services/dev/external-api.yaml',
        'external-services/prod/external-api.yaml',
        '',
      ].join('\n'),
    );
    expect(await git('show', 'main:catalog-info.yaml')).toContain(
      'name: names',
    );
    expect(portal.registered).toEqual([
      `${portal.host.url}/shop/names/tree/main/catalog-info.yaml`,
    ]);
    expect(task.output?.links).toContainEqual({
      title: 'Open names',
      icon: 'catalog',
      entityRef: 'component:default/names',
    });
  });

  it('can be tried without writing', async () => {
    const { status, body } = await portal.dryRun(template, values());

    expect(status).toBe(200);
    expect(
      body.directoryContents.map((file: { path: string }) => file.path),
    ).toEqual([
      'changes/catalog-info.yaml',
      'changes/external-services/dev/external-api.yaml',
      'changes/external-services/prod/external-api.yaml',
    ]);
  });
});

it('both templates ask the same about the external service', () => {
  const [first, second] = [
    'external-service',
    'external-service-repository',
  ].map(name => {
    const { parameters } = readTemplate(name).spec;
    const [page] = [parameters].flat() as { properties: { service: object } }[];
    return page.properties.service;
  });

  expect(second).toEqual(first);
});
