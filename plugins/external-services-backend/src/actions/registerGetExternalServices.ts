import type { ActionsRegistryService } from '@backstage/backend-plugin-api/alpha';
import { parseEntityRef, stringifyEntityRef } from '@backstage/catalog-model';
import type { ExternalServicesService } from '../service/ExternalServicesService';

/** What an agent can make something of. */
const MOST_MAPPINGS = 50;

/**
 * Registers the action by which agents ask for the mappings of an entity. It
 * answers what the caller may see, as the HTTP API does.
 *
 * @internal
 */
export function registerGetExternalServices(
  actionsRegistry: ActionsRegistryService,
  service: ExternalServicesService,
) {
  actionsRegistry.register({
    name: 'get-external-services',
    title: 'Get external services',
    description: `Tells which systems outside the cluster a catalog entity connects to.
For each name inside the cluster it answers where the name leads in each environment, its state
(such as resolves, unresolved or invalid), why, since when, from where that was seen, and the file and line that declare it.
The worst comes first.`,
    schema: {
      input: z =>
        z.object({
          entityRef: z
            .string()
            .describe('Entity reference, for example component:default/orders'),
        }),
      output: z =>
        z.object({
          items: z
            .array(z.record(z.unknown()))
            .describe('Mappings with a line for each environment, worst first'),
          sources: z
            .array(z.record(z.unknown()))
            .describe('Repositories they were read from, with their errors'),
          findings: z
            .array(z.record(z.unknown()))
            .describe('What is wrong with files as a whole'),
          seenAt: z
            .string()
            .optional()
            .describe('When the oldest evidence was seen, ISO 8601'),
        }),
    },
    attributes: { readOnly: true, destructive: false, idempotent: true },
    examples: [
      {
        title: 'The external services of a component',
        input: { entityRef: 'component:default/orders' },
      },
    ],
    action: async ({ input, credentials }) => {
      const entityRef = stringifyEntityRef(
        parseEntityRef(input.entityRef, {
          defaultKind: 'component',
          defaultNamespace: 'default',
        }),
      );
      const { items, sources, findings, seenAt } = await service.mappingsOf(
        entityRef,
        { from: 0, limit: MOST_MAPPINGS },
        credentials,
      );
      const plain = (list: object[]) => list.map(item => ({ ...item }));
      return {
        output: {
          items: plain(items),
          sources: plain(sources),
          findings: plain(findings),
          seenAt,
        },
      };
    },
  });
}
