import { createTemplateAction } from '@backstage/plugin-scaffolder-node';
import type { LintContext } from '@external-services/backstage-plugin-external-services-common';
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
        variants => planRemoval(variants, input.environments),
      );
      for (const name of Object.keys(outputs) as (keyof typeof outputs)[]) {
        output(name, outputs[name] as never);
      }
    },
  });
}

function planRemoval(
  variants: DeclaredVariants,
  only: string[] = [],
): EditPlan {
  const environments = [...new Set(only)];
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
    ],
    branch: `remove ${name} ${environments.join(' ')}`,
  };
}
