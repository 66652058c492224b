import type { ExternalService } from '@external-services/backstage-plugin-external-services-common';
import type { FieldProblem } from './fieldError';
import { numberOf } from './numberOf';
import type { TargetEntry } from './readTargets';
import type { ServiceRequest } from './ServiceRequest';

/**
 * What a person asks for beside target and ports, as the model has it; unchecked.
 *
 * @internal
 */
export function extrasOf(
  request: ServiceRequest,
): Pick<
  ExternalService,
  'sessionAffinity' | 'publishNotReadyAddresses' | 'labels' | 'annotations'
> {
  const { sessionAffinity, publishNotReadyAddresses } = request;
  const timeoutSeconds = numberOf(sessionAffinity?.timeoutSeconds);
  return {
    ...(sessionAffinity && {
      sessionAffinity: timeoutSeconds === undefined ? {} : { timeoutSeconds },
    }),
    ...(publishNotReadyAddresses && { publishNotReadyAddresses }),
    ...(request.labels && { labels: request.labels }),
    ...(request.annotations && { annotations: request.annotations }),
  };
}

/**
 * Gives each target the names of its own addresses; a name of none of them is a problem.
 *
 * @internal
 */
export function nameAddresses(
  targets: TargetEntry[],
  { hostnames = {} }: ServiceRequest,
): { targets: TargetEntry[]; problems: FieldProblem[] } {
  const names = Object.entries(hostnames);
  const listed = new Set(
    targets.flatMap(([, target]) =>
      'addresses' in target ? target.addresses : [],
    ),
  );
  return {
    targets: targets.map(([environment, target]): TargetEntry => {
      const own =
        'addresses' in target
          ? names.filter(([address]) => target.addresses.includes(address))
          : [];
      return own.length > 0
        ? [environment, { ...target, hostnames: Object.fromEntries(own) }]
        : [environment, target];
    }),
    problems: names
      .filter(([address]) => !listed.has(address))
      .map(([address]) => ({
        field: 'hostnames',
        message: `${address} is not one of the addresses. Write it as it stands there, or remove its name.`,
      })),
  };
}
