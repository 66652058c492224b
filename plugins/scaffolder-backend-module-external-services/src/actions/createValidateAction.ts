import {
  type Finding,
  lintManifests,
  validateManifests,
} from '@external-services/backstage-plugin-external-services-common';
import { parseManifests } from '@external-services/backstage-plugin-external-services-common/yaml';
import { InputError } from '@backstage/errors';
import { createTemplateAction } from '@backstage/plugin-scaffolder-node';
import { listFiles } from '../workspace/listFiles';
import { readTextFile } from '../workspace/readTextFile';
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
export function createValidateAction() {
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
      },
    },
    async handler(ctx) {
      const root = safePath(ctx.workspacePath, ctx.input.path ?? '.', 'path');
      const files = await listFiles(root, '');
      const parsed = await Promise.all(
        files.map(async path =>
          parseManifests((await readTextFile(root, path)) ?? '', path),
        ),
      );
      const objects = parsed.flatMap(file => file.objects);
      const findings = [
        ...parsed.flatMap(file => file.findings),
        ...validateManifests(objects, {
          kubernetesVersion: ctx.input.kubernetesVersion,
        }),
        ...lintManifests(objects),
      ];
      const refused = findings.filter(({ severity }) => severity === 'error');
      if (refused.length > 0) {
        throw new InputError(
          `The cluster would refuse these files:\n${refused
            .map(inWords)
            .join('\n')}`,
        );
      }
      findings.forEach(finding => ctx.logger.info(inWords(finding)));
      ctx.logger.info(
        objects.length > 0
          ? `A cluster will accept ${files.join(', ')}`
          : 'No manifests of external services to check',
      );
      ctx.output('files', files);
      ctx.output('findings', findings.map(plainFinding));
    },
  });
}

function inWords({ file, position, path, message, hint }: Finding): string {
  const place = [file, position?.line].filter(Boolean).join(':');
  const field = path ? `${path}: ` : '';
  return `${place}: ${field}${[message, hint].filter(Boolean).join(' ')}`;
}
