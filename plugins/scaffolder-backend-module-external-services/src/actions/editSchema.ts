import type { z as zod } from 'zod/v3';
import { findingSchema } from './plainFinding';

type Z = typeof zod;

/**
 * Inputs of every action that edits manifests: which service, and where the
 * repository is.
 *
 * @internal
 */
export const editInput = {
  name: (z: Z) =>
    z.string({ description: 'Name of the service in the cluster.' }),
  namespace: (z: Z) =>
    z
      .string({
        description:
          'Its namespace; needed only if it is declared in several. Default: any.',
      })
      .optional(),
  manifests: (z: Z) =>
    z
      .array(z.string(), {
        description:
          'Files, folders and globs that the portal reads (from `external-service:locate`). Default: `external-services`.',
      })
      .optional(),
  title: (z: Z) =>
    z
      .string({
        description: 'What people call the component. Default: your app.',
      })
      .optional(),
  repositoryPath: (z: Z) =>
    z.string({
      description:
        'Folder of the workspace that the repository was fetched to.',
    }),
  outputPath: (z: Z) =>
    z
      .string({
        description:
          'Folder of the workspace that changed files, and no others, are written to. Default: the workspace.',
      })
      .optional(),
};

/**
 * Outputs of every action that edits manifests.
 *
 * @internal
 */
export const editOutput = {
  changedFiles: (z: Z) =>
    z.array(z.string(), {
      description:
        "Files that were written, relative to the repository's root.",
    }),
  filesToDelete: (z: Z) =>
    z.array(z.string(), {
      description:
        'Files that hold nothing any more, for the input of the same name of publish actions.',
    }),
  changed: (z: Z) =>
    z.boolean({ description: 'False: everything is as wanted already.' }),
  environments: (z: Z) =>
    z.array(z.string(), {
      description: 'Environments of the change; none: it holds in all of them.',
    }),
  findings: (z: Z) =>
    z.array(findingSchema(z), {
      description: 'Warnings and notes about the changed files.',
    }),
  filesText: (z: Z) =>
    z.string({ description: 'Markdown: the changed lines of each file.' }),
  notesText: (z: Z) =>
    z.string({
      description: 'Markdown list of notes; empty when there are none.',
    }),
  pullRequestTitle: (z: Z) =>
    z.string({ description: 'Default title of the pull request.' }),
  pullRequestBody: (z: Z) =>
    z.string({ description: 'Default text of the pull request.' }),
  branchName: (z: Z) =>
    z.string({ description: 'Default branch of the pull request.' }),
};
