import { createMockDirectory } from '@backstage/backend-test-utils';
import { createMockActionContext } from '@backstage/plugin-scaffolder-node-test-utils';
import { createValidateAction } from './createValidateAction';

const workspace = createMockDirectory();

async function validate(input = {}) {
  const action = createValidateAction();
  const context = createMockActionContext({
    input: { path: 'changes', ...input },
    workspacePath: workspace.path,
  });
  await action.handler(context as Parameters<typeof action.handler>[0]);
  return Object.fromEntries((context.output as jest.Mock).mock.calls);
}

const alias = (externalName: string) => `apiVersion: v1
kind: Service
metadata:
  name: external-db
spec:
  type: ExternalName
  externalName: ${externalName}
`;

describe('external-service:validate', () => {
  it('lists the files and their notes', async () => {
    workspace.setContent({
      changes: { dev: { 'db.yaml': alias('db') }, 'README.md': 'no' },
    });

    expect(await validate()).toMatchObject({
      files: ['dev/db.yaml'],
      findings: [{ severity: 'warning', file: 'dev/db.yaml', line: 7 }],
    });
  });

  it('fails with file, line and field of what the cluster would refuse', async () => {
    workspace.setContent({ changes: { 'db.yaml': alias('https://db/') } });

    await expect(validate()).rejects.toThrow(
      /^The cluster would refuse these files:\ndb\.yaml:7: spec\.externalName: /,
    );
  });

  it('fails on what cannot be read', async () => {
    workspace.setContent({ changes: { 'db.yaml': 'kind: [Service' } });
    await expect(validate()).rejects.toThrow(/db\.yaml:1/);
  });

  it('finds nothing in a folder that is not there', async () => {
    workspace.setContent({});
    expect(await validate()).toEqual({ files: [], findings: [] });
  });

  it('stays in the workspace', async () => {
    await expect(validate({ path: '../..' })).rejects.toThrow(
      'path: "../.." leads out of the workspace.',
    );
  });
});
