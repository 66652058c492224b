import type { z as zod } from 'zod/v3';
import { writingInput, writingOutput } from './sharedSchema';

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
  ...writingInput,
};

/**
 * Outputs of every action that edits manifests.
 *
 * @internal
 */
export const editOutput = {
  ...writingOutput,
  changed: (z: Z) =>
    z.boolean({ description: 'False: everything is as wanted already.' }),
  environments: (z: Z) =>
    z.array(z.string(), {
      description: 'Environments of the change; none: it holds in all of them.',
    }),
};
