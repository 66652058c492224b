import { createTemplateAction } from '@backstage/plugin-scaffolder-node';
import {
  isDnsTarget,
  type LintContext,
} from '@external-services/backstage-plugin-external-services-common';
import type { DeclaredService } from '../changes/RepositoryFiles';
import type { DeclaredVariants } from '../edits/DeclaredVariants';
import { selectorOf } from '../edits/RepositoryEdit';
import { targetText } from '../report/targetText';
import { examples } from './createRemoveAction.examples';
import { editInput, editOutput } from './editSchema';
import { type EditPlan, runEdit } from './runEdit';

/**
 * The scaffolder action `external-service:remove`: takes an external service out
 * of the files of a repository, with its address lists, and leaves every other
 * byte as people wrote it. A file that holds nothing more is deleted.
 *
 * Throws InputError before anything is written: when the service is not declared
 * there, and when the files cannot be edited safely. Uses no network.
 *
 * @public
 */
export function createRemoveAction(
  options: {
    /** What is known of the clusters. Default: nothing. */
    context?: LintContext;
  } = {},
) {
  const { context = {} } = options;
  return createTemplateAction({
    id: 'external-service:remove',
    description:
      'Takes an external service that a repository declares out of its files.',
    examples,
    supportsDryRun: true,
    schema: {
      input: {
        ...editInput,
        environments: z =>
          z
            .array(z.string(), {
              description:
                'Environments to remove it from. Default, and when empty: all.',
            })
            .optional(),
      },
      output: editOutput,
    },
    async handler({ input, logger, output, workspacePath }) {
      const outputs = await runEdit(
        { input, logger, workspacePath },
        context,
        variants => planRemoval(variants, input),
      );
      for (const name of Object.keys(outputs) as (keyof typeof outputs)[]) {
        output(name, outputs[name] as never);
      }
    },
  });
}

function planRemoval(
  variants: DeclaredVariants,
  request: { namespace?: string; environments?: string[] },
): EditPlan {
  const { environments = [] } = request;
  const { name } = variants;
  const gone =
    environments.length > 0
      ? variants.in(environments, () => 'environments')
      : variants.all;
  return {
    changes: gone.map(variant => ({
      action: 'remove',
      mapping: selectorOf(variant),
    })),
    environments,
    what: `Remove ${name}`,
    body: [
      `Takes \`${name}\` away. It leads to:`,
      gone
        .map(
          ({ service }) =>
            `- ${service.environment ?? 'all environments'}: ${targetText(
              service.target,
            )}`,
        )
        .join('\n'),
      'Make sure that no app uses the name any more: neither the portal nor the cluster sees who connects.',
      `If your deployment does not delete what has left the repository, delete it by hand:\n\n${commands(
        gone,
        request.namespace,
      )}`,
    ],
    branch: `remove ${name} ${environments.join(' ')}`,
  };
}

function commands(gone: DeclaredService[], deployedTo?: string): string {
  const lines = gone.map(({ service }) => {
    const { name, namespace = deployedTo, target } = service;
    const where = namespace ? ` -n ${namespace}` : '';
    return isDnsTarget(target)
      ? `kubectl delete service ${name}${where}`
      : // Without its Service an address list stays in the cluster for good.
        `kubectl delete service,endpoints ${name}${where}\nkubectl delete endpointslices -l kubernetes.io/service-name=${name}${where}`;
  });
  return ['```sh', ...new Set(lines), '```'].join('\n');
}
