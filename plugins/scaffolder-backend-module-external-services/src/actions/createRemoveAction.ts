import { createTemplateAction } from '@backstage/plugin-scaffolder-node';
import type { LintContext } from '@external-services/backstage-plugin-external-services-common';
import { planRemoval } from '../edits/planRemoval';
import { examples } from './createRemoveAction.examples';
import { editInput, editOutput } from './editSchema';
import { runEdit } from './runEdit';

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
    async handler(ctx) {
      await runEdit(ctx, context, variants =>
        planRemoval(variants, ctx.input.environments),
      );
    },
  });
}
