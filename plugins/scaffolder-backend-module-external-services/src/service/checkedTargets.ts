import { externalServiceSchema } from '@external-services/backstage-plugin-external-services-common';
import { fieldError } from './fieldError';
import { numberOf } from './numberOf';
import {
  missingTarget,
  readTargets,
  type TargetEntry,
  type TargetRequest,
} from './readTargets';
import type { ServiceRequest } from './ServiceRequest';

/**
 * Reads targets and checks them, and the port for them, with the rules of the model.
 *
 * @throws InputError with one line for each problem, naming field and remedy
 * @internal
 */
export function checkedTargets(
  request: TargetRequest & Pick<ServiceRequest, 'port'>,
): TargetEntry[] {
  const entries = readTargets(request);
  if (entries.length === 0) {
    throw fieldError([
      { field: 'targets', message: missingTarget(request.kind) },
    ]);
  }
  const problems: Parameters<typeof fieldError>[0] = [];
  const checked = entries.map(([environment, target]): TargetEntry => {
    // Right in everything but, perhaps, what was entered.
    const result = externalServiceSchema.safeParse({
      name: 'target',
      ports: [{ port: numberOf(request.port) ?? 1, protocol: 'TCP' }],
      target,
    });
    if (result.success) {
      return [environment, result.data.target ?? target];
    }
    const field = environment ? `targets.${environment}` : 'targets';
    problems.push(
      ...result.error.issues.map(({ path, message }) => ({
        field: path[0] === 'ports' ? 'port' : field,
        message,
      })),
    );
    return [environment, target];
  });
  if (problems.length > 0) {
    throw fieldError(problems);
  }
  return checked;
}
