import { plain } from '../report/markdown';
import {
  type Finding,
  type LintContext,
  lintManifests,
  validateManifests,
} from '@external-services/backstage-plugin-external-services-common';
import { parseManifests } from '@external-services/backstage-plugin-external-services-common/yaml';
import { InputError } from '@backstage/errors';
import { createTemplateAction } from '@backstage/plugin-scaffolder-node';
import { RepositoryFiles } from '../changes/RepositoryFiles';
import { readTextFile } from '../workspace/readTextFile';
import { fieldError } from '../service/fieldError';
import { safePath } from '../workspace/safePath';
import { examples } from './createValidateAction.examples';
import { findingSchema, plainFinding } from './plainFinding';

/**
 * The scaffolder action `external-service:validate`: decides about manifests in
 * the workspace as the API server would, and gives the notes of a careful engineer.
 *
 * Throws InputError with file, line and field of everything the cluster would
 * refuse. Changes nothing and uses no network.
 *
 * @public
 */
export function createValidateAction(
  options: {
    /** What is known of the clusters, and which targets are allowed. Default: nothing, all. */
    context?: LintContext;
  } = {},
) {
  const { context = {} } = options;
  return createTemplateAction({
    id: 'external-service:validate',
    description:
      'Checks the manifests of external services as the API server would, and fails on what it would refuse.',
    examples,
    supportsDryRun: true,
    schema: {
      input: {
        path: z =>
          z
            .string({
              description:
                'Folder of the workspace to look in. Default: the workspace.',
            })
            .optional(),
        manifests: z =>
          z
            .array(z.string(), {
              description:
                'Files, folders and globs below it to check (from `external-service:locate`). Default: all.',
            })
            .optional(),
        kubernetesVersion: z =>
          z
            .string({
              description:
                'Version of the clusters, for example 1.33. Default: the newest.',
            })
            .optional(),
      },
      output: {
        files: z =>
          z.array(z.string(), { description: 'Files that were checked.' }),
        findings: z =>
          z.array(findingSchema(z), { description: 'Warnings and notes.' }),
        findingsText: z =>
          z.string({
            description: 'Markdown: the warnings and notes, by file and line.',
          }),
      },
    },
    async handler(ctx) {
      const root = safePath(ctx.workspacePath, ctx.input.path ?? '.', 'path');
      const { manifests = [''] } = ctx.input;
      const kubernetesVersion = versionOf(ctx.input.kubernetesVersion);
      const files = await new RepositoryFiles(root).manifestFiles(manifests);
      const parsed = await Promise.all(
        files.map(async path =>
          parseManifests((await readTextFile(root, path)) ?? '', path),
        ),
      );
      const objects = parsed.flatMap(file => file.objects);
      const findings = [
        ...parsed.flatMap(file => file.findings),
        ...validateManifests(objects, {
          kubernetesVersion,
        }),
        ...lintManifests(objects, context),
      ];
      const refused = findings.filter(({ severity }) => severity === 'error');
      // The result page shows the log alone when a task fails.
      findings
        .filter(({ severity }) => severity !== 'error')
        .forEach(finding => ctx.logger.info(inWords(finding)));
      if (refused.length > 0) {
        throw new InputError(
          [headingOf(refused), ...refused.map(inWords)].join('\n'),
        );
      }
      ctx.logger.info(
        objects.length > 0
          ? `A cluster will accept ${files.join(', ')}`
          : 'No manifests of external services to check',
      );
      ctx.output('files', files);
      ctx.output('findings', findings.map(plainFinding));
      ctx.output('findingsText', findingsText(files, findings));
    },
  });
}

/** Templates hand over an empty text for what was left out. */
function versionOf(text: string | undefined): string | undefined {
  if (text && !/^1\.\d+$/.test(text)) {
    throw fieldError([
      { field: 'kubernetesVersion', message: 'Write it like 1.33.' },
    ]);
  }
  return text || undefined;
}

function headingOf(refused: Finding[]): string {
  return refused.every(({ code }) => code === 'policy-forbids-target')
    ? 'These files break a rule of your organisation:'
    : 'The cluster would refuse these files:';
}

function findingsText(files: string[], findings: Finding[]): string {
  if (files.length === 0) {
    return 'There are no files to check.';
  }
  return findings.length === 0
    ? `A cluster will accept ${
        files.length === 1 ? '1 file' : `all ${files.length} files`
      }. Nothing to note.`
    : findings.map(finding => `- ${plain(inWords(finding))}`).join('\n');
}

function inWords({ file, position, path, message, hint }: Finding): string {
  const place = [file, position?.line].filter(Boolean).join(':');
  const field = path ? `${path}: ` : '';
  return `${place}: ${field}${[message, hint].filter(Boolean).join(' ')}`;
}
