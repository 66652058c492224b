import { createMockDirectory } from '@backstage/backend-test-utils';
import type { LintContext } from '@external-services/backstage-plugin-external-services-common';
import { filesIn, runAction } from '../__testUtils__/runAction';
import { createRetargetAction } from './createRetargetAction';

const workspace = createMockDirectory();

const alias = (environment: string, host: string, more = '') => `# ours
apiVersion: v1
kind: Service
metadata:
  name: external-db
  namespace: shop
  labels: { "external-services/environment": ${environment} }
spec:
  type: ExternalName
  externalName: ${host} # asked for by team-shop
${more}`;

const ADDRESSES = `apiVersion: v1
kind: Service
metadata:
  name: external-api
spec:
  ports:
    - {name: http, port: 80, targetPort: 8080}
---
apiVersion: discovery.k8s.io/v1
kind: EndpointSlice
metadata:
  name: external-api-1
  labels:
    kubernetes.io/service-name: external-api
addressType: IPv4
ports:
  - {name: http, port: 8080, protocol: TCP}
endpoints:
  # the old one
  - addresses: [203.0.113.1]
  - addresses: [203.0.113.2] # the new one
`;

const DEV = 'external-services/dev.yaml';
const PROD = 'external-services/prod.yaml';
const API = 'external-services/api.yaml';

const repository = () => ({
  [`repository/${DEV}`]: alias('dev', 'db.dev.example.com'),
  [`repository/${PROD}`]: alias('prod', 'db.example.com'),
  [`repository/${API}`]: ADDRESSES,
});

const retarget = (input: object, context?: LintContext) =>
  runAction(createRetargetAction({ context }), workspace, {
    name: 'external-db',
    kind: 'dns',
    title: 'orders',
    repositoryPath: 'repository',
    outputPath: 'changes',
    ...input,
  });
const changes = () => filesIn(workspace, 'changes');

beforeEach(() => workspace.setContent(repository()));

describe('external-service:retarget', () => {
  it('changes the target of one environment and no other byte', async () => {
    const output = await retarget({
      targets: { dev: '', prod: 'db2.example.com' },
    });

    expect(changes()).toEqual({ [PROD]: alias('prod', 'db2.example.com') });
    expect(output).toMatchObject({
      changed: true,
      changedFiles: [PROD],
      filesToDelete: [],
      environments: ['prod'],
      pullRequestTitle: 'Change target of external-db for orders (prod)',
      branchName: expect.stringMatching(
        /^external-services\/lead-external-db-to-db2-example-com-prod-for-orders-[0-9a-f]{6}$/,
      ),
    });
    expect(output.pullRequestBody).toMatch(
      /^- prod: `external-db` leads to `db2\.example\.com` instead of `db\.example\.com`\n\nRunning apps keep open connections until they reconnect\./,
    );
    expect(output.filesText).toContain('-  externalName: db.example.com');
    expect(output.filesText).toContain('+  externalName: db2.example.com');
  });

  it('finds what names no namespace in the one its deployment sets', async () => {
    await retarget({
      name: 'external-api',
      namespace: 'shop',
      targets: 'api.example.com',
    });
    expect(Object.keys(changes())).toEqual([API]);
  });

  it('changes all environments with one value', async () => {
    const output = await retarget({ targets: 'db.example.net' });
    expect(changes()).toEqual({
      [DEV]: alias('dev', 'db.example.net'),
      [PROD]: alias('prod', 'db.example.net'),
    });
    expect(output.environments).toEqual(['dev', 'prod']);
  });

  it('changes one address and leaves the others with their comments', async () => {
    await retarget({
      name: 'external-api',
      kind: 'addresses',
      targets: '203.0.113.1\n203.0.113.9',
    });
    expect(changes()).toEqual({
      [API]: ADDRESSES.replace('203.0.113.2', '203.0.113.9'),
    });
  });

  it('keeps the names of addresses that an app gets directly', async () => {
    const direct = `kind: Service
apiVersion: v1
metadata: {name: nodes}
spec: {clusterIP: None}
---
kind: EndpointSlice
apiVersion: discovery.k8s.io/v1
metadata: {name: nodes-1, labels: {kubernetes.io/service-name: nodes}}
addressType: IPv4
endpoints:
- addresses: [203.0.113.1]
  hostname: node-0
- addresses: [203.0.113.2]
  hostname: node-1
`;
    workspace.setContent({ [`repository/${API}`]: direct });
    await retarget({
      name: 'nodes',
      kind: 'addresses',
      targets: '203.0.113.1\n203.0.113.2\n203.0.113.3',
    });
    expect(changes()[API]).toContain(direct.trimEnd());
    expect(changes()[API]).toContain('203.0.113.3');
  });

  it('tells one declaration for all environments from one for a single one', async () => {
    const forAll = alias('', 'db.example.com').replace(/ {2}labels.*\n/, '');
    workspace.setContent({
      'repository/external-services/all.yaml': forAll,
      [`repository/${PROD}`]: alias('prod', 'db.prod.example.com'),
    });
    await retarget({ targets: { prod: 'a.example.com' } });
    expect(changes()).toEqual({ [PROD]: alias('prod', 'a.example.com') });
    await retarget({ targets: 'b.example.com' });
    expect(changes()).toEqual({
      [PROD]: alias('prod', 'b.example.com'),
      'external-services/all.yaml': forAll.replace(
        'db.example.com',
        'b.example.com',
      ),
    });
  });

  it('does not mind a large file that is no manifest', async () => {
    workspace.setContent({
      ...repository(),
      'repository/external-services/package-lock.json': `"${'x'.repeat(
        300_000,
      )}"`,
    });
    const output = await retarget({ targets: { prod: 'db2.example.com' } });
    expect(output.changedFiles).toEqual([PROD]);
  });

  it('judges a service by all the files it stands in', async () => {
    const [service, slice] = ADDRESSES.split('---\n');
    workspace.setContent({
      'repository/external-services/prod/api.yaml': service,
      'repository/external-services/prod/slice.yaml': slice,
    });
    const deny = ['203.0.113.9'];
    const move = (denying: string) =>
      retarget(
        {
          name: 'external-api',
          kind: 'addresses',
          targets: '203.0.113.1\n203.0.113.9',
        },
        {
          environments: ['dev', 'prod'],
          policies: {
            environments: [
              { name: 'dev', policy: denying === 'dev' ? { deny } : undefined },
              {
                name: 'prod',
                policy: denying === 'prod' ? { deny } : undefined,
              },
            ],
          },
        },
      );
    await expect(move('prod')).rejects.toThrow(
      'does not allow 203.0.113.9 in prod',
    );
    const output = await move('dev');
    expect(output.changedFiles).toEqual(['external-services/prod/slice.yaml']);
    expect(output.notesText).not.toContain('No Service');
  });

  it('tells only of what changes, and of the port', async () => {
    const output = await retarget({
      targets: { dev: 'db.dev.example.com', prod: 'db2.example.com' },
    });
    expect(output.environments).toEqual(['prod']);
    expect(output.pullRequestBody).not.toContain('dev');

    const other = await retarget({
      name: 'external-api',
      kind: 'addresses',
      targets: '203.0.113.2\n203.0.113.1',
      port: 8000,
    });
    expect(other.pullRequestBody).toContain(
      '- all environments: `external-api` leads to `203.0.113.2`, `203.0.113.1` as before, port 8000 instead of 80',
    );
  });

  it('gives another change another branch', async () => {
    const branches = [
      await retarget({ targets: { dev: 'x.example.com' } }),
      await retarget({ targets: { prod: 'x.example.com' } }),
      await retarget({ targets: { prod: 'x.example.com' }, port: 5433 }),
    ].map(({ branchName }) => branchName);
    expect(new Set(branches).size).toBe(3);
  });

  it('says so when there is nothing to change', async () => {
    const output = await retarget({ targets: { prod: 'db.example.com' } });
    expect(output).toMatchObject({
      changed: false,
      changedFiles: [],
      filesText: 'Nothing to change: the repository says so already.',
    });
    expect(changes()).toEqual({});
  });

  it('turns addresses into a DNS alias, and says what that does to the port', async () => {
    const output = await retarget({
      name: 'external-api',
      targets: 'api.example.com',
    });
    const text = changes()[API];
    expect(text).toContain('externalName: api.example.com');
    expect(text).not.toContain('EndpointSlice');
    expect(output.pullRequestBody).toContain(
      'kubectl delete endpointslice external-api-1\n',
    );
    expect(output.notesText).toContain(
      '- A DNS alias cannot change ports: your app must use port 8080 itself instead of 80.',
    );
  });

  it('turns a DNS alias into addresses with the port it is given', async () => {
    await retarget({
      kind: 'addresses',
      targets: { prod: '203.0.113.7' },
      port: '5432',
    });
    const text = changes()[PROD];
    expect(text).toContain('kind: EndpointSlice');
    expect(text).toContain('203.0.113.7');
    expect(text).toContain('port: 5432');
    expect(text).not.toContain('externalName');
  });

  it('writes the old form of an address list where it is asked for', async () => {
    await retarget({
      kind: 'addresses',
      targets: { prod: '203.0.113.7' },
      port: 5432,
      endpoints: 'Endpoints',
    });
    expect(changes()[PROD]).toContain('kind: Endpoints\n');
  });

  it.each<[string, object, RegExp]>([
    [
      'addresses without a port',
      { kind: 'addresses', targets: { prod: '203.0.113.7' } },
      /^port \(Port\): Enter the port your app uses: external-db declares none yet/,
    ],
    [
      'a URL',
      { targets: { prod: 'https://db.example.com/' } },
      /^targets\.prod \(Where does it lead\?\): Enter only the host name\./,
    ],
    [
      'an address as a name',
      { targets: { prod: '203.0.113.1' } },
      /^targets\.prod .*203\.0\.113\.1 is an IP address\./,
    ],
    [
      'no target',
      { targets: { prod: ' ' } },
      /^targets .*Enter a host name, for example db\.example\.com\./,
    ],
    [
      'a port out of range',
      { targets: 'db.example.com', port: 70000 },
      /^port \(Port\): Enter a port from 1 to 65535\./,
    ],
    [
      'a name that is not there',
      { name: 'external-dv', targets: 'a.example.com' },
      /^name .*There is no "external-dv" in the files of this component\. It has external-api, external-db\./,
    ],
    [
      'a namespace that it is not in',
      { namespace: 'other', targets: 'a.example.com' },
      /^namespace .*external-db is not declared in other\. Its namespaces: shop\./,
    ],
    [
      'an environment that it is not in',
      { targets: { staging: 'a.example.com' } },
      /^targets\.staging .*external-db is not declared in staging, only in dev, prod\./,
    ],
    [
      'an environment of what is the same in all',
      {
        name: 'external-api',
        kind: 'addresses',
        targets: { prod: '203.0.113.7' },
      },
      /^targets\.prod .*external-api is declared once for all environments, in external-services\/api\.yaml:1\./,
    ],
    [
      'a path that leads out',
      { targets: 'a.example.com', outputPath: '../out' },
      /^outputPath: "\.\.\/out" leads out of the workspace\./,
    ],
  ])('refuses %s, and writes nothing', async (_, input, message) => {
    await expect(retarget(input)).rejects.toThrow(message);
    await expect(retarget(input)).rejects.toThrow(/\nNothing was written\.$/);
    expect(changes()).toEqual({});
  });

  it.each<[string, (text: string) => string, RegExp]>([
    [
      'two namespaces',
      text => text.replace('namespace: shop', 'namespace: other'),
      /^namespace \(Namespace\): external-db is declared in several namespaces \(.*\)\. Say which one: shop, other\./,
    ],
    [
      'two files, for nobody knows which environment',
      text => text,
      /^name \(.*\): external-db is declared more than once \(external-services\/dev\.yaml:2, external-services\/prod\.yaml:2\), and nothing says for which environment\./,
    ],
  ])('asks which one is meant of %s', async (_, change, message) => {
    const everywhere = alias('', 'db.example.com').replace(
      / {2}labels.*\n/,
      '',
    );
    workspace.setContent({
      [`repository/${DEV}`]: everywhere,
      [`repository/${PROD}`]: change(everywhere),
    });
    await expect(retarget({ targets: 'db2.example.com' })).rejects.toThrow(
      message,
    );
  });

  it('refuses what the organisation does not allow', async () => {
    const everywhere = { allow: ['example.com'], contact: 'Ask team-net.' };
    await expect(
      retarget(
        { targets: { prod: 'db.example.org' } },
        { policies: { everywhere, environments: [] } },
      ),
    ).rejects.toThrow(
      /^targets \(Where does it lead\?\): Your organisation does not allow db\.example\.org\b.*Ask team-net\./,
    );
    expect(changes()).toEqual({});
  });

  it('refuses what a template generates, with place and wanted YAML', async () => {
    workspace.setContent({
      [`repository/${PROD}`]: alias('prod', '{{ .Values.host }}'),
    });
    await expect(retarget({ targets: 'db2.example.com' })).rejects.toThrow(
      /generated from a template|There is no "external-db"|declare no external service/,
    );
  });

  it('does not mind what was wrong in other services before', async () => {
    workspace.setContent({
      ...repository(),
      [`repository/${PROD}`]: `${alias('prod', 'db.example.com')}---
apiVersion: v1
kind: Service
metadata: { name: Wrong_Name }
spec: { type: ExternalName, externalName: a.example.com }
`,
    });
    const output = await retarget({ targets: { prod: 'db2.example.com' } });
    expect(output.changedFiles).toEqual([PROD]);
  });
});
