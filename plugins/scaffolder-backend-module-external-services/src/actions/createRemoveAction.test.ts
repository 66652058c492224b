import { createMockDirectory } from '@backstage/backend-test-utils';
import { filesIn, runAction } from '../__testUtils__/runAction';
import { createRemoveAction } from './createRemoveAction';

const workspace = createMockDirectory();

const alias = (name: string) => `apiVersion: v1
kind: Service
metadata:
  name: ${name}
spec:
  type: ExternalName
  externalName: ${name}.example.com
`;
const ADDRESSES = `apiVersion: v1
kind: Service
metadata:
  name: external-api
  namespace: shop
spec:
  ports:
    - port: 80
`;
const SLICE = `apiVersion: discovery.k8s.io/v1
kind: EndpointSlice
metadata:
  name: external-api-1
  namespace: shop
  labels:
    kubernetes.io/service-name: external-api
addressType: IPv4
ports:
  - port: 80
endpoints:
  - addresses: [203.0.113.1]
`;

const remove = (input: object, environments = ['dev', 'prod']) =>
  runAction(createRemoveAction({ context: { environments } }), workspace, {
    title: 'orders',
    repositoryPath: 'repository',
    outputPath: 'changes',
    ...input,
  });
const changes = () => filesIn(workspace, 'changes');

const DEV = 'external-services/dev';
const PROD = 'external-services/prod';

describe('external-service:remove', () => {
  it('takes a service out of a file that others are in, byte for byte', async () => {
    const file = 'external-services/all.yaml';
    const others = `# keep me\n${alias('a')}---\n`;
    workspace.setContent({
      [`repository/${file}`]: `${others}${alias('b')}---\n${alias('c')}`,
    });
    const output = await remove({ name: 'b' });
    expect(changes()).toEqual({ [file]: `${others}${alias('c')}` });
    expect(output).toMatchObject({
      changed: true,
      changedFiles: [file],
      filesToDelete: [],
      pullRequestTitle: 'Remove b for orders',
      branchName: expect.stringMatching(
        /^external-services\/remove-b-for-orders-[0-9a-f]{6}$/,
      ),
    });
  });

  it('deletes the files of some environments, address lists too', async () => {
    workspace.setContent({
      [`repository/${DEV}/service.yaml`]: ADDRESSES,
      [`repository/${DEV}/slice.yaml`]: SLICE,
      [`repository/${DEV}/kustomization.yaml`]:
        'resources:\n  - service.yaml\n  - slice.yaml\n  - other.yaml\n',
      'repository/external-services/kustomization.yml':
        'resources: [dev, prod] # both\n',
      [`repository/${PROD}/service.yaml`]: ADDRESSES,
      [`repository/${PROD}/slice.yaml`]: SLICE,
    });
    const output = await remove({
      name: 'external-api',
      environments: ['dev'],
    });
    expect(output).toMatchObject({
      filesToDelete: [`${DEV}/service.yaml`, `${DEV}/slice.yaml`],
      environments: ['dev'],
      pullRequestTitle: 'Remove external-api for orders (dev)',
    });
    expect(changes()).toEqual({
      [`${DEV}/kustomization.yaml`]: 'resources:\n  - other.yaml\n',
    });
    expect(output.pullRequestBody).toContain('- dev: `203.0.113.1`');
    expect(output.pullRequestBody).toContain(
      '# dev\nkubectl delete service external-api -n shop\nkubectl delete endpointslice external-api-1 -n shop\n',
    );
    expect(output.filesText).toContain(`\`${DEV}/service.yaml\` is deleted.`);
  });

  it('takes a deleted file out of a kustomization that the portal does not read', async () => {
    workspace.setContent({
      'repository/deploy/base/db.yaml': alias('db'),
      'repository/deploy/kustomization.yaml':
        '# all\nresources:\n- base/db.yaml # ours\n- app.yaml\n',
    });
    await remove({ name: 'db', manifests: ['deploy/base/db.yaml'] });
    expect(changes()).toEqual({
      'deploy/kustomization.yaml': '# all\nresources:\n- app.yaml\n',
    });
  });

  it('says that the catalog still names a file that goes', async () => {
    const file = 'deploy/db.yaml';
    workspace.setContent({ [`repository/${file}`]: alias('db') });
    const output = await remove({ name: 'db', manifests: [file] });
    expect(output.filesToDelete).toEqual([file]);
    expect(output.notesText).toContain(
      `- catalog-info.yaml still names \`${file}\`. Take it out there, too`,
    );
  });

  it('refuses an environment that it is not declared in', async () => {
    workspace.setContent({ [`repository/${DEV}/db.yaml`]: alias('db') });
    await expect(
      remove({ name: 'db', environments: ['prod'] }),
    ).rejects.toThrow(
      /^environments \(Where\?\): db is not declared in prod, only in dev\./,
    );
  });

  it('refuses a component without services', async () => {
    workspace.setContent({ 'repository/README.md': 'Orders' });
    await expect(remove({ name: 'db' })).rejects.toThrow(
      /declare no external service\. Choose another component\.\nNothing was written\.$/,
    );
  });
});
