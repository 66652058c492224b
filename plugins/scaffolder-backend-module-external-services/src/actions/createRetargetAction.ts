import { createTemplateAction } from '@backstage/plugin-scaffolder-node';
import type { LintContext } from '@external-services/backstage-plugin-external-services-common';
import { planRetarget } from '../edits/planRetarget';
import { examples } from './createRetargetAction.examples';
import { editInput, editOutput } from './editSchema';
import { runEdit } from './runEdit';
import { port, targets } from './sharedSchema';

/**
 * The scaffolder action `external-service:retarget`: lets an external service
 * that a repository declares lead somewhere else, and leaves every other byte of
 * the files as people wrote it. A DNS alias may become fixed addresses and the
 * other way round.
 *
 * Throws InputError before anything is written: when an input is wrong (with
 * its name and what to enter instead), when the service is not declared there,
 * and when the files cannot be edited safely (with the YAML to write by hand).
 * Uses no network.
 *
 * @public
 */
export function createRetargetAction(
  options: {
    /** What is known of the clusters. Default: nothing. */
    context?: LintContext;
  } = {},
) {
  const { context = {} } = options;
  return createTemplateAction({
    id: 'external-service:retarget',
    description:
      'Lets an external service that a repository declares lead to another target.',
    examples,
    supportsDryRun: true,
    schema: {
      input: {
        ...editInput,
        kind: z =>
          z.enum(['dns', 'addresses'], {
            description:
              'What the new target is known by: a DNS name (`dns`) or IP addresses (`addresses`).',
          }),
        targets: z =>
          targets(
            z,
            'The new target: by environment, where an empty one stays as it is, or one value for all environments.',
          ),
        port: z =>
          port(
            z,
            'The port the app uses, if it changes, too. Default: as it is.',
          ).optional(),
        endpoints: z =>
          z
            .enum(['EndpointSlice', 'Endpoints'], {
              description:
                'For a DNS alias that becomes addresses: the form of the address list. Default: EndpointSlice; Endpoints is for clusters with kube-dns.',
            })
            .optional(),
      },
      output: editOutput,
    },
    async handler(ctx) {
      await runEdit(ctx, context, variants =>
        planRetarget(variants, ctx.input),
      );
    },
  });
}
