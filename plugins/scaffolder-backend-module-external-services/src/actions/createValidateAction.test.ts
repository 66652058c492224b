import { createMockDirectory } from '@backstage/backend-test-utils';
import type { LintContext } from '@external-services/backstage-plugin-external-services-common';
import { runAction } from '../__testUtils__/runAction';
import { createValidateAction } from './createValidateAction';

const workspace = createMockDirectory();

const validate = (input = {}, context?: LintContext) =>
  runAction(createValidateAction({ context }), workspace, {
    path: 'changes',
    ...input,
  });

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

  it('checks only what the portal reads', async () => {
    workspace.setContent({
      changes: {
        'db.yaml': alias('https://db/'),
        kept: { 'a.yaml': alias('a.example.com') },
      },
    });
    const { files, findingsText } = await validate({ manifests: ['kept'] });
    expect(files).toEqual(['kept/a.yaml']);
    expect(findingsText).toBe('A cluster will accept 1 file. Nothing to note.');
  });

  it('fails on a target that the organisation does not allow', async () => {
    workspace.setContent({ changes: { 'db.yaml': alias('db.example.org') } });
    const everywhere = { allow: ['example.com'] };
    await expect(
      validate({}, { policies: { everywhere, environments: [] } }),
    ).rejects.toThrow(
      /^These files break a rule of your organisation:\ndb\.yaml:7: spec\.externalName: Your organisation does not allow db\.example\.org\b/,
    );
  });

  it('fails on what cannot be read', async () => {
    workspace.setContent({ changes: { 'db.yaml': 'kind: [Service' } });
    await expect(validate()).rejects.toThrow(/db\.yaml:1/);
  });

  it('finds nothing in a folder that is not there', async () => {
    workspace.setContent({});
    expect(await validate()).toEqual({
      files: [],
      findings: [],
      findingsText: 'There are no files to check.',
    });
  });

  it('stays in the workspace', async () => {
    await expect(validate({ path: '../..' })).rejects.toThrow(
      'path: "../.." leads out of the workspace.',
    );
  });
});
