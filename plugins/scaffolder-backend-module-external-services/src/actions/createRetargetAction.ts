import { createTemplateAction } from '@backstage/plugin-scaffolder-node';
import {
  type ExternalServicePort,
  isDnsTarget,
  type LintContext,
  type Target,
} from '@external-services/backstage-plugin-external-services-common';
import type { ManifestChange } from '@external-services/backstage-plugin-external-services-common/yaml';
import type { DeclaredService } from '../changes/RepositoryFiles';
import type { DeclaredVariants } from '../edits/DeclaredVariants';
import { selectorOf } from '../edits/RepositoryEdit';
import { targetText } from '../report/targetText';
import { checkedTargets } from '../service/checkedTargets';
import { fieldError } from '../service/fieldError';
import type { TargetText } from '../service/ServiceRequest';
import { examples } from './createRetargetAction.examples';
import { editInput, editOutput } from './editSchema';
import { type EditPlan, runEdit } from './runEdit';

interface RetargetRequest {
  name: string;
  kind: 'dns' | 'addresses';
  targets: TargetText | Record<string, TargetText>;
  port?: number | string;
  endpoints?: 'EndpointSlice' | 'Endpoints';
}

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
          z.union(
            [
              z.union([z.string(), z.array(z.string())]),
              z.record(z.union([z.string(), z.array(z.string())])),
            ],
            {
              description:
                'The new target: by environment, where an empty one stays as it is, or one value for all environments.',
            },
          ),
        port: z =>
          z
            .union([z.number(), z.string()], {
              description:
                'The port the app uses, if it changes, too. Default: as it is.',
            })
            .optional(),
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
    async handler({ input, logger, output, workspacePath }) {
      const outputs = await runEdit(
        { input, logger, workspacePath },
        context,
        variants => planRetarget(variants, input),
      );
      for (const name of Object.keys(outputs) as (keyof typeof outputs)[]) {
        output(name, outputs[name] as never);
      }
    },
  });
}

function planRetarget(
  variants: DeclaredVariants,
  request: RetargetRequest,
): EditPlan {
  const { name } = variants;
  const port = portOf(request.port);
  const moves = checkedTargets(request).flatMap(([environment, target]) =>
    (environment === undefined
      ? variants.all
      : variants.in([environment], key => `targets.${key}`)
    ).map(variant => ({ variant, target: sharedAsBefore(variant, target) })),
  );
  const [{ target: first }] = moves;
  return {
    endpoints: request.endpoints,
    changes: moves.flatMap(({ variant, target }) =>
      changesOf(variant, target, port),
    ),
    environments: moves.flatMap(
      ({ variant: { service } }) => service.environment ?? [],
    ),
    what: `Change target of ${name}`,
    body: [
      moves
        .map(
          ({ variant: { service }, target }) =>
            `- ${
              service.environment ?? 'all environments'
            }: \`${name}\` leads to ${targetText(
              target,
            )} instead of ${targetText(service.target)}`,
        )
        .join('\n'),
      'Running apps keep open connections until they reconnect.',
    ],
    branch: `lead ${name} to ${
      isDnsTarget(first) ? first.dnsName : first.addresses[0]
    }`,
    notes: moves.flatMap(portNotes),
  };
}

/** Whether an app gets the addresses themselves is not what changes here. */
function sharedAsBefore({ service }: DeclaredService, target: Target): Target {
  return !isDnsTarget(target) &&
    !isDnsTarget(service.target) &&
    service.target.headless
    ? { ...target, headless: true }
    : target;
}

function changesOf(
  { service, ...declared }: DeclaredService,
  target: Target,
  port: number | undefined,
): ManifestChange[] {
  const mapping = selectorOf({ service, ...declared });
  const ports = portsOf(service.ports, port);
  if (!isDnsTarget(target) && ports.length === 0) {
    throw fieldError([
      {
        field: 'port',
        message: `Enter the port your app uses: ${service.name} declares none yet, and addresses need one.`,
      },
    ]);
  }
  return [
    ...(port === undefined
      ? []
      : [{ action: 'ports' as const, mapping, ports }]),
    { action: 'retarget', mapping, target },
  ];
}

function portsOf(
  [first, ...rest]: ExternalServicePort[],
  port: number | undefined,
): ExternalServicePort[] {
  if (port === undefined) {
    return first ? [first, ...rest] : [];
  }
  return [first ? { ...first, port } : { protocol: 'TCP', port }, ...rest];
}

function portNotes({
  variant: { service },
  target,
}: {
  variant: DeclaredService;
  target: Target;
}): string[] {
  const moved = service.ports.find(
    ({ port, targetPort }) => targetPort !== undefined && targetPort !== port,
  );
  return isDnsTarget(target) && moved
    ? [
        `A DNS alias cannot change ports: your app must use port ${moved.targetPort} itself instead of ${moved.port}.`,
      ]
    : [];
}

/** Templates may hand a number over as text; an empty text is none. */
function portOf(value: number | string | undefined): number | undefined {
  const text = String(value ?? '').trim();
  if (text === '') {
    return undefined;
  }
  const port = Number(text);
  if (!Number.isInteger(port) || port < 1 || port > 65535) {
    throw fieldError([
      { field: 'port', message: 'Enter a port from 1 to 65535.' },
    ]);
  }
  return port;
}
