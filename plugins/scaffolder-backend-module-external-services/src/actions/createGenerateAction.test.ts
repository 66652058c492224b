import { createMockDirectory } from '@backstage/backend-test-utils';
import { collectExternalServices } from '@external-services/backstage-plugin-external-services-common';
import { parseManifests } from '@external-services/backstage-plugin-external-services-common/yaml';
import { symlinkSync } from 'node:fs';
import { filesIn, runAction } from '../__testUtils__/runAction';
import { createGenerateAction } from './createGenerateAction';
import type { GenerateInput } from './prepareChanges';

const workspace = createMockDirectory();
const outside = createMockDirectory();

const dns: GenerateInput = {
  entityRef: 'component:default/orders',
  title: 'orders',
  kubernetesId: 'orders',
  kind: 'dns',
  targets: { dev: 'db.dev.example.com', prod: 'db.example.com', staging: '' },
  protocol: 'postgresql',
  namespace: 'shop',
  repositoryPath: 'repository',
  outputPath: 'changes',
};
const addresses: GenerateInput = {
  ...dns,
  kind: 'addresses',
  targets: { prod: '203.0.113.1\n203.0.113.2' },
  protocol: 'http',
  name: 'external-api',
};

const generate = (input: Partial<GenerateInput>, base = dns) =>
  runAction(createGenerateAction(), workspace, { ...base, ...input });
const changes = () => filesIn(workspace, 'changes');

const setRepository = (files: Record<string, string>) =>
  workspace.setContent({
    repository: {},
    ...Object.fromEntries(
      Object.entries(files).map(([path, text]) => [`repository/${path}`, text]),
    ),
  });

/** Makes the changes of the last run the content of the repository. */
const merge = () => setRepository(changes());

const DEV = 'external-services/dev/external-db.yaml';
const PROD = 'external-services/prod/external-db.yaml';

beforeEach(() => {
  workspace.setContent({ repository: { 'README.md': 'Orders' } });
  outside.setContent({ 'kept.yaml': 'kept' });
});

describe('external-service:generate writes', () => {
  it('a file for each environment that has a target', async () => {
    const output = await generate({});

    expect(output).toMatchObject({
      changedFiles: [DEV, PROD],
      filesToDelete: [],
      keptFiles: [],
      name: 'external-db',
      namespace: 'shop',
      fullName: 'external-db.shop.svc.cluster.local',
      inClusterNames: ['external-db.shop.svc.cluster.local'],
      pullRequestTitle: 'Add external-db for orders (dev, prod)',
      branchName: 'external-services/add-external-db-for-orders-dev-prod',
    });
    expect(Object.keys(changes())).toEqual([DEV, PROD]);
  });

  it.each<[string, Partial<GenerateInput>, GenerateInput, object]>([
    [
      'a DNS name',
      { targets: 'db.example.com', port: '6432' },
      dns,
      {
        target: { dnsName: 'db.example.com' },
        ports: [{ name: 'postgresql', port: 6432, protocol: 'TCP' }],
      },
    ],
    [
      'addresses with another port inside, as a list',
      { targets: ['203.0.113.1', '2001:db8::1'], targetPort: 8080 },
      addresses,
      {
        target: { addresses: ['203.0.113.1', '2001:db8::1'] },
        ports: [
          {
            name: 'http',
            port: 80,
            targetPort: 8080,
            protocol: 'TCP',
            appProtocol: 'http',
          },
        ],
      },
    ],
    [
      'addresses for the app itself',
      { targets: '203.0.113.1, 203.0.113.2', headless: true },
      addresses,
      {
        target: { addresses: ['203.0.113.1', '203.0.113.2'], headless: true },
      },
    ],
    [
      'other UDP on several ports',
      {
        targets: ['203.0.113.1'],
        protocol: 'udp',
        port: 514,
        morePorts: [{ name: 'admin', port: '9090' }],
      },
      addresses,
      {
        ports: [
          { name: 'udp-514', port: 514, protocol: 'UDP' },
          { name: 'admin', port: 9090, protocol: 'TCP' },
        ],
      },
    ],
  ])('%s as it reads it back', async (_, input, base, service) => {
    const { changedFiles } = await generate(input, base);

    const [path] = changedFiles;
    const content = changes()[path];
    const { objects, findings } = parseManifests(content, path);
    expect(findings).toEqual([]);
    expect(collectExternalServices(objects)).toMatchObject([
      { id: expect.stringContaining('component:default/orders#'), service },
    ]);
  });

  it('old address lists where they are asked for', async () => {
    const { filesText } = await generate({ endpoints: 'Endpoints' }, addresses);
    expect(filesText).toContain('kind: Endpoints\n');
    expect(filesText).not.toContain('EndpointSlice');
  });

  it('nothing when it is run on its own output', async () => {
    await generate({});
    merge();

    const output = await generate({});

    expect(output).toMatchObject({ changedFiles: [], keptFiles: [] });
    expect(output.filesText).toBe(
      'Nothing to change: the repository has these files already.',
    );
    expect(changes()).toEqual({});
  });

  it('only the environment that is new', async () => {
    await generate({ targets: { dev: 'db.dev.example.com' } });
    merge();

    expect((await generate({})).changedFiles).toEqual([PROD]);
  });

  it('in the folder and layout that the repository has', async () => {
    await generate({
      layout: 'file-per-service',
      targets: 'a.example.com',
      name: 'a',
      folder: 'k8s',
    });
    merge();

    const { changedFiles } = await generate({
      targets: 'b.example.com',
      name: 'b',
      folder: 'k8s',
    });

    expect(changedFiles).toEqual(['k8s/b.yaml']);
  });

  it('into the one file that the annotation names, below what is in it', async () => {
    const input = { folder: 'deploy', manifests: ['deploy/ext.yaml'] };
    await generate({ ...input, targets: 'a.example.com', name: 'a' });
    merge();

    const { changedFiles } = await generate({
      ...input,
      targets: 'b.example.com',
      name: 'b',
    });

    expect(changedFiles).toEqual(['deploy/ext.yaml']);
    const { objects } = parseManifests(changes()['deploy/ext.yaml']);
    expect(
      collectExternalServices(objects).map(({ service }) => service.name),
    ).toEqual(['a', 'b']);
  });

  it('with the cluster domain of the portal', async () => {
    const action = createGenerateAction({
      context: { clusterDomain: 'cluster.example' },
    });
    expect(await runAction(action, workspace, dns)).toMatchObject({
      fullName: 'external-db.shop.svc.cluster.example',
    });
  });

  it('in a dry run too, since the files are the preview', async () => {
    const action = createGenerateAction();
    await runAction(action, workspace, dns, { isDryRun: true });
    expect(action.supportsDryRun).toBe(true);
    expect(Object.keys(changes())).toEqual([DEV, PROD]);
  });
});

describe('external-service:generate refuses', () => {
  const refusal = async (input: Partial<GenerateInput>, base = dns) => {
    const error = await generate(input, base).then(
      () => undefined,
      (reason: Error) => reason,
    );
    expect(error?.name).toBe('InputError');
    expect(error?.message).toMatch(/\nNothing was written\.$/);
    expect(Object.keys(workspace.content() as object)).not.toContain('changes');
    return error!.message.replace('\nNothing was written.', '');
  };
  const at = (dev: string) => ({ targets: { dev } });

  it.each<[Partial<GenerateInput>, string]>([
    [
      { targets: {} },
      'targets (Where does it lead?): Enter a host name, for example db.example.com.',
    ],
    [
      { targets: { dev: ' ' } },
      'targets (Where does it lead?): Enter a host name, for example db.example.com.',
    ],
    [
      at('https://db.example.com:5432/x'),
      'targets.dev (Where does it lead?): Enter only the host name. Use db.example.com, port 5432.',
    ],
    [
      at('db.example.com:5432'),
      'targets.dev (Where does it lead?): The port has its own field. Use db.example.com, port 5432.',
    ],
    [
      at('203.0.113.1'),
      "targets.dev (Where does it lead?): 203.0.113.1 is an IP address. A DNS alias cannot lead to an address: the cluster's DNS would answer nothing. Use IP addresses as the target instead.",
    ],
    [
      at('DB.example.com'),
      'targets.dev (Where does it lead?): Host names are lower case. Use db.example.com.',
    ],
    [
      at('my_db.example.com'),
      'targets.dev (Where does it lead?): A host name has letters, digits, hyphens and dots. _ is not allowed.',
    ],
    [
      at('*.example.com'),
      'targets.dev (Where does it lead?): A host name has letters, digits, hyphens and dots. * is not allowed.',
    ],
    [
      at('db example.com'),
      'targets.dev (Where does it lead?): A host name has letters, digits, hyphens and dots. A space is not allowed.',
    ],
    [
      at('db'),
      'targets.dev (Where does it lead?): db has no domain; looked up from the cluster it would not be found. Use the full name, for example db.example.com.',
    ],
    [
      at('db.shop.svc.cluster.local'),
      'targets.dev (Where does it lead?): This leads to another service inside the cluster. Let the app use that name itself.',
    ],
    [{ port: 70000 }, 'port (Port): Enter a port from 1 to 65535.'],
    [{ port: 'http' }, 'port (Port): Enter a port from 1 to 65535.'],
    [
      { protocol: 'tcp' },
      'port (Port): Enter a port from 1 to 65535. There is no usual one for other TCP.',
    ],
    [
      { name: 'External_DB' },
      'name (Name in the cluster): Use lower-case letters, digits and hyphens; start with a letter; at most 63 characters. Use external-db.',
    ],
    [
      { name: '../../etc/passwd' },
      'name (Name in the cluster): Use lower-case letters, digits and hyphens; start with a letter; at most 63 characters. Use etc-passwd.',
    ],
    [
      { namespace: 'My Shop' },
      'namespace (Namespace): Use lower-case letters, digits and hyphens; start and end with a letter or digit; at most 63 characters.',
    ],
    [
      { headless: true },
      'headless (Give my app the addresses directly): This is for IP addresses only. Leave it out for a DNS name, or choose IP addresses.',
    ],
    [
      { endpoints: 'Endpoints' },
      'endpoints (Address list): This is for IP addresses only. Leave it out for a DNS name, or choose IP addresses.',
    ],
    [
      { targetPort: 5433 },
      'targetPort (Port at the target): An alias cannot change ports: your app must use the port of the target itself. Leave the port at the target out.',
    ],
    [
      { morePorts: [{ port: 0 }] },
      'morePorts[0].port (More ports): Enter a port from 1 to 65535.',
    ],
    [
      { morePorts: 'admin 9090\nsome port' },
      'morePorts[1] (More ports): "some port" is no port. Write a name and a number, for example admin 9090 or admin 9090/udp.',
    ],
    [
      { targets: { 'My Env': 'db.example.com' } },
      'targets.My Env (Where does it lead?): Use lower-case letters, digits and hyphens; start and end with a letter or digit; at most 63 characters.',
    ],
    [
      { folder: '../elsewhere' },
      'folder: "../elsewhere" leads out of the repository. Use a relative path without "..".',
    ],
    [
      { folder: '/etc' },
      'folder: "/etc" leads out of the repository. Use a relative path without "..".',
    ],
    [
      { repositoryPath: '../..' },
      'repositoryPath: "../.." leads out of the workspace. Use a relative path without ".." and without links that lead out.',
    ],
    [
      { outputPath: '/tmp' },
      'outputPath: "/tmp" leads out of the workspace. Use a relative path without ".." and without links that lead out.',
    ],
  ])('%j', async (input, message) => {
    expect(await refusal(input)).toBe(message);
  });

  it.each<[string, string]>([
    [
      '',
      'targets (Where does it lead?): Enter at least one address, for example 203.0.113.1.',
    ],
    [
      'db.example.com',
      'targets.dev (Where does it lead?): db.example.com is a DNS name; only addresses can stand here. Use a DNS name as the target instead.',
    ],
    [
      '203.0.113',
      'targets.dev (Where does it lead?): 203.0.113 is not an IP address. Write it like 203.0.113.1 or 2001:db8::1.',
    ],
    [
      '127.0.0.1',
      'targets.dev (Where does it lead?): 127.0.0.1 always means the machine itself. The cluster refuses it.',
    ],
    [
      '169.254.169.254',
      'targets.dev (Where does it lead?): 169.254.169.254 is a link-local address. The cluster refuses it.',
    ],
    [
      '203.0.113.1 203.0.113.1',
      'targets.dev (Where does it lead?): 203.0.113.1 is listed twice. Remove one.',
    ],
    [
      '2001:DB8::1',
      'targets.dev (Where does it lead?): Write it as 2001:db8::1.',
    ],
  ])('the addresses "%s"', async (text, message) => {
    expect(await refusal(at(text), addresses)).toBe(message);
  });

  it('all that is wrong at once', async () => {
    expect((await refusal({ ...at('db'), name: 'A' })).split('\n')).toEqual([
      expect.stringMatching(/^name /),
      expect.stringMatching(/^targets\.dev /),
    ]);
  });

  it('a layout that would put two environments into one file', async () => {
    expect(await refusal({ layout: 'single-file' })).toMatch(
      /^layout \(Files\): .*use the layout per-environment\.$/,
    );
  });
});

describe('external-service:generate leaves alone', () => {
  it.each([
    [
      'somebody else wrote',
      'apiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: mine\n',
    ],
    ['holds one document of somebody else', ''],
    ['cannot be read', 'metadata: {\n'],
  ])('a file that %s, even with overwrite', async (_, text) => {
    await generate({});
    setRepository({
      [DEV]: text || `${changes()[DEV]}---\nkind: ConfigMap\n`,
    });
    const before = filesIn(workspace, 'repository');

    const run = generate({
      overwrite: true,
      name: 'external-db',
      targets: { dev: 'db.new.example.com' },
    });

    await expect(run).rejects.toThrow(`${DEV} is not a file of ours`);
    expect(filesIn(workspace, 'repository')).toEqual(before);
    expect(Object.keys(workspace.content() as object)).not.toContain('changes');
  });

  describe('hand edits', () => {
    beforeEach(async () => {
      await generate({});
      setRepository({
        ...changes(),
        [DEV]: changes()[DEV].replace(
          'port: 5432',
          'port: 6432 # through the pooler',
        ),
      });
    });

    it('and shows what would change', async () => {
      const output = await generate({});

      expect(output.changedFiles).toEqual([]);
      expect(output.keptFiles).toEqual([
        {
          path: DEV,
          diff: expect.stringContaining(
            '-      port: 6432 # through the pooler\n+      port: 5432\n',
          ),
        },
      ]);
      expect(output.filesText).toContain(
        `\`${DEV}\` was edited by hand and stays as it is.`,
      );
    });

    it('until it is told to overwrite them', async () => {
      const output = await generate({ overwrite: true });

      expect(output).toMatchObject({ changedFiles: [DEV], keptFiles: [] });
      expect(output.filesText).not.toContain('pooler');
    });
  });

  it('a service of the same name that leads elsewhere', async () => {
    await generate({});
    merge();

    await expect(
      generate({ name: 'external-db', targets: { prod: 'other.example.com' } }),
    ).rejects.toThrow(
      `name (Name in the cluster): external-db already exists in ${PROD}.`,
    );
    const forced = await generate({
      name: 'external-db',
      targets: { prod: 'other.example.com' },
      overwrite: true,
    });
    expect(forced.changedFiles).toEqual([PROD]);
  });

  it('a service of the same name in another file', async () => {
    await generate({ targets: 'db.example.com', layout: 'file-per-service' });
    merge();

    await expect(generate({ layout: 'per-environment' })).rejects.toThrow(
      'external-db already exists in external-services/external-db.yaml.',
    );
  });

  it('a service of the same name in another namespace', async () => {
    await generate({
      namespace: 'payments',
      layout: 'single-file',
      targets: 'a.example.com',
      name: 'db',
    });
    merge();

    const output = await generate({
      layout: 'single-file',
      targets: 'b.example.com',
      name: 'db',
    });

    expect(output.filesText).toContain('externalName: a.example.com');
    expect(output.filesText).toContain('externalName: b.example.com');
  });
});

describe('external-service:generate does not follow links', () => {
  it('out of the repository to read', async () => {
    workspace.setContent({ repository: { 'external-services': { dev: {} } } });
    symlinkSync(
      outside.resolve('kept.yaml'),
      workspace.resolve(`repository/${DEV}`),
    );

    await expect(generate({})).rejects.toThrow('leads out of the workspace');
  });

  it('to a file beside, either', async () => {
    workspace.setContent({
      repository: { 'external-services': { dev: { 'other.yaml': 'a: 1' } } },
    });
    symlinkSync(
      workspace.resolve('repository/external-services/dev/other.yaml'),
      workspace.resolve(`repository/${DEV}`),
    );

    await expect(generate({})).rejects.toThrow(
      `${DEV} is not a plain file and is not read.`,
    );
  });

  it('out of the output folder to write', async () => {
    workspace.setContent({ repository: {}, changes: {} });
    symlinkSync(outside.path, workspace.resolve('changes/external-services'));

    await expect(generate({})).rejects.toThrow('leads out of the workspace');
    expect(outside.content()).toEqual({ 'kept.yaml': 'kept' });
  });

  it('when the output folder is one', async () => {
    symlinkSync(outside.path, workspace.resolve('changes'));

    await expect(generate({})).rejects.toThrow('leads out of the workspace');
    expect(outside.content()).toEqual({ 'kept.yaml': 'kept' });
  });
});

describe('external-service:generate tells', () => {
  const note =
    'api.example.com shows a certificate for its own name, but your app asks for external-api.shop.svc.cluster.local. The connection fails unless your app or gateway sends the real name.';

  it('that certificates will not fit, once for each target', async () => {
    const output = await generate({
      protocol: 'https',
      targets: { dev: 'api.example.com', prod: 'api.example.com' },
    });

    expect(output.notesText.split('\n')).toContain(`- ${note}`);
    expect(output.notesText.match(/certificate/g)).toHaveLength(1);
    expect(output.pullRequestBody).toContain(note);
  });

  it('nothing about certificates for other protocols and for addresses', async () => {
    const database = await generate({});
    const fixed = await generate({ protocol: 'https' }, addresses);
    expect([database.notesText, fixed.notesText].join()).not.toMatch(
      /certificate/,
    );
  });

  it('what the cluster would accept with a note', async () => {
    const { findings } = await generate({}, addresses);
    expect(findings).toContainEqual(
      expect.objectContaining({ code: 'argo-cd-exclusion', severity: 'info' }),
    );
  });

  it('the name to use while the namespace is unknown', async () => {
    const output = await generate({ namespace: undefined });
    expect(output.fullName).toBe('external-db');
    expect(output.configurationText).toContain(
      '`external-db.<namespace>.svc.cluster.local`',
    );
  });
});

describe('external-service:generate and catalog-info.yaml', () => {
  const catalogInfo = `apiVersion: backstage.io/v1alpha1
kind: Component
metadata:
  name: orders # the shop's
spec:
  type: service
`;
  const input = { catalogInfoPath: 'catalog-info.yaml' };

  beforeEach(() => setRepository({ 'catalog-info.yaml': catalogInfo }));

  it('leaves it as it is in the conventional folder', async () => {
    expect((await generate(input)).changedFiles).toEqual([DEV, PROD]);
  });

  it('names the folders that the portal would not read', async () => {
    const output = await generate({
      ...input,
      folder: 'deploy',
      manifests: ['deploy/*.yaml'],
    });

    expect(output.changedFiles).toContain('catalog-info.yaml');
    expect(changes()['catalog-info.yaml']).toBe(
      catalogInfo.replace(
        "  name: orders # the shop's\n",
        '  annotations:\n    external-services/manifests: "/deploy/dev/, /deploy/prod/"\n' +
          "  name: orders # the shop's\n",
      ),
    );
  });

  it('asks for the line where it cannot be written', async () => {
    const output = await generate({
      folder: 'deploy',
      manifests: ['elsewhere'],
    });

    expect(output.changedFiles).not.toContain('catalog-info.yaml');
    expect(output.notesText).toContain(
      'Add this line to catalog-info.yaml: `external-services/manifests: /deploy/dev/, /deploy/prod/`',
    );
  });
});
