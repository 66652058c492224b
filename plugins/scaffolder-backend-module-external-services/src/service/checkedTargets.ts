import { externalServiceSchema } from '@external-services/backstage-plugin-external-services-common';
import { fieldError } from './fieldError';
import {
  missingTarget,
  readTargets,
  type TargetEntry,
  type TargetRequest,
} from './readTargets';

/** A service that is right in everything but, perhaps, its target. */
const AROUND = {
  name: 'target',
  ports: [{ port: 1, protocol: 'TCP' as const }],
};

/**
 * Reads targets and checks them with the rules of the model.
 *
 * @throws InputError with one line for each problem, naming field and remedy
 * @internal
 */
export function checkedTargets(request: TargetRequest): TargetEntry[] {
  const entries = readTargets(request);
  if (entries.length === 0) {
    throw fieldError([
      { field: 'targets', message: missingTarget(request.kind) },
    ]);
  }
  const problems: Parameters<typeof fieldError>[0] = [];
  const checked = entries.map(([environment, target]): TargetEntry => {
    const result = externalServiceSchema.safeParse({ ...AROUND, target });
    if (result.success) {
      return [environment, result.data.target ?? target];
    }
    const field = environment ? `targets.${environment}` : 'targets';
    problems.push(
      ...result.error.issues.map(({ message }) => ({ field, message })),
    );
    return [environment, target];
  });
  if (problems.length > 0) {
    throw fieldError(problems);
  }
  return checked;
}
