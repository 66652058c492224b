import type { z as zod } from 'zod/v3';
import { findingSchema } from './plainFinding';

type Z = typeof zod;

/** A number, or the text of one, as templates may hand it over. */
export const port = (z: Z, description: string) =>
  z.union([z.number(), z.string()], { description });

/** By environment, or one for all; addresses as a list or in a text. */
export const targets = (z: Z, description: string) => {
  const target = z.union([z.string(), z.array(z.string())]);
  return z.union([target, z.record(target)], { description });
};

/**
 * Input of every action that writes files.
 *
 * @internal
 */
export const writingInput = {
  outputPath: (z: Z) =>
    z
      .string({
        description:
          'Folder of the workspace that changed files, and no others, are written to. Default: the workspace.',
      })
      .optional(),
};

/**
 * Outputs of every action that writes files: for publish actions and the result page.
 *
 * @internal
 */
export const writingOutput = {
  changedFiles: (z: Z) =>
    z.array(z.string(), {
      description:
        "Files that were written, relative to the repository's root. Empty: nothing to write.",
    }),
  filesToDelete: (z: Z) =>
    z.array(z.string(), {
      description:
        'Files that hold nothing any more, for the input of the same name of publish actions.',
    }),
  findings: (z: Z) =>
    z.array(findingSchema(z), {
      description: 'Warnings and notes about the files.',
    }),
  filesText: (z: Z) =>
    z.string({ description: 'Markdown: what there is to see of the files.' }),
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
