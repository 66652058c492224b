import { code, plain } from '../report/markdown';
import {
  type ExternalServicePort,
  isDnsTarget,
  type Target,
} from '@external-services/backstage-plugin-external-services-common';
import type { ManifestChange } from '@external-services/backstage-plugin-external-services-common/yaml';
import type { DeclaredService } from '../changes/RepositoryFiles';
import { targetText } from '../report/targetText';
import { checkedTargets } from '../service/checkedTargets';
import { fieldError } from '../service/fieldError';
import { numberOf } from '../service/numberOf';
import type { TargetText } from '../service/ServiceRequest';
import type { DeclaredVariants } from './DeclaredVariants';
import type { EditPlan } from './EditPlan';
import { selectorOf } from './RepositoryEdit';

/**
 * What a person asks for, in their own words; unchecked.
 *
 * @internal
 */
export interface RetargetRequest {
  name: string;
  kind: 'dns' | 'addresses';
  /** By environment, where an empty one stays as it is, or one for all. */
  targets: TargetText | Record<string, TargetText>;
  /** Default: as it is. */
  port?: number | string;
  /** Default: EndpointSlice. */
  endpoints?: 'EndpointSlice' | 'Endpoints';
}

/** One variant of the service with what it shall be. */
interface Move {
  variant: DeclaredService;
  target: Target;
  ports: ExternalServicePort[];
}

/**
 * Plans that a service leads somewhere else.
 *
 * @throws InputError with the input that is wrong and what to enter instead
 * @internal
 */
export function planRetarget(
  variants: DeclaredVariants,
  request: RetargetRequest,
): EditPlan {
  const { name } = variants;
  const port = numberOf(request.port);
  const moves = checkedTargets(request).flatMap(([environment, target]) =>
    (environment === undefined
      ? variants.all
      : variants.in([environment], key => `targets.${key}`)
    ).map(variant => moveOf(variant, target, port)),
  );
  const changed = moves.filter(move => targetMoves(move) || portMoves(move));
  const environments = changed.flatMap(
    ({ variant: { service } }) => service.environment ?? [],
  );
  return {
    endpoints: request.endpoints,
    changes: moves.flatMap(changesOf),
    environments,
    what: `Change target of ${name}`,
    body: [
      changed.map(move => `- ${inWords(move)}`).join('\n'),
      'Running apps keep open connections until they reconnect.',
    ],
    branch: `lead ${name} to ${firstOf(
      (changed[0] ?? moves[0]).target,
    )} ${environments.join(' ')}`,
    notes: changed.flatMap(move => portNotes(move, port)),
  };
}

function moveOf(
  variant: DeclaredService,
  wanted: Target,
  port: number | undefined,
): Move {
  const { service } = variant;
  const target = directAsBefore(service.target, wanted);
  const [first, ...rest] = service.ports;
  const ports =
    port === undefined
      ? service.ports
      : [
          first ? { ...first, port } : { protocol: 'TCP' as const, port },
          ...rest,
        ];
  if (!isDnsTarget(target) && !target.headless && ports.length === 0) {
    throw fieldError([
      {
        field: 'port',
        message: `Enter the port your app uses: ${service.name} declares none yet, and addresses need one.`,
      },
    ]);
  }
  return { variant, target, ports };
}

/** Whether an app gets the addresses themselves, and their names, is not what changes here. */
function directAsBefore(before: Target, wanted: Target): Target {
  if (isDnsTarget(wanted) || isDnsTarget(before) || !before.headless) {
    return wanted;
  }
  const hostnames = Object.entries(before.hostnames ?? {}).filter(([address]) =>
    wanted.addresses.includes(address),
  );
  return {
    ...wanted,
    headless: true,
    ...(hostnames.length > 0 && { hostnames: Object.fromEntries(hostnames) }),
  };
}

function changesOf(move: Move): ManifestChange[] {
  const { variant, target, ports } = move;
  const mapping = selectorOf(variant);
  return [
    ...(portMoves(move) ? [{ action: 'ports' as const, mapping, ports }] : []),
    { action: 'retarget', mapping, target },
  ];
}

function targetMoves({ variant: { service }, target }: Move): boolean {
  const sorted = (of: Target) =>
    isDnsTarget(of) ? of.dnsName : [...of.addresses].sort().join(' ');
  return sorted(service.target) !== sorted(target);
}

function portMoves({ variant: { service }, ports }: Move): boolean {
  return ports[0]?.port !== service.ports[0]?.port;
}

function inWords(move: Move): string {
  const { variant, target, ports } = move;
  const {
    name,
    environment,
    target: before,
    ports: portsBefore,
  } = variant.service;
  const leads = targetMoves(move)
    ? `${code(name)} leads to ${targetText(target)} instead of ${targetText(
        before,
      )}`
    : `${code(name)} leads to ${targetText(target)} as before`;
  const which = ports.length > 1 ? 'first port' : 'port';
  const instead = portsBefore[0] ? ` instead of ${portsBefore[0].port}` : '';
  const used = portMoves(move) ? `, ${which} ${ports[0].port}${instead}` : '';
  return `${plain(environment ?? 'all environments')}: ${leads}${used}`;
}

/** An alias leaves ports as they are; what was told for the first one is known. */
function portNotes(
  { variant: { service }, target }: Move,
  told: number | undefined,
): string[] {
  return isDnsTarget(target)
    ? service.ports
        .slice(told === undefined ? 0 : 1)
        .filter(
          ({ port, targetPort }) =>
            targetPort !== undefined && targetPort !== port,
        )
        .map(
          ({ port, targetPort }) =>
            `A DNS alias cannot change ports: your app must use port ${targetPort} itself instead of ${port}.`,
        )
    : [];
}

function firstOf(target: Target): string {
  return isDnsTarget(target) ? target.dnsName : target.addresses[0];
}
