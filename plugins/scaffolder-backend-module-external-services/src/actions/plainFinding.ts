import type { Finding } from '@external-services/backstage-plugin-external-services-common';
import type { z as zod } from 'zod/v3';

/**
 * A finding as the output of an action.
 *
 * @internal
 */
export const findingSchema = (z: typeof zod) =>
  z.object({
    code: z.string(),
    severity: z.enum(['error', 'warning', 'info']),
    path: z.string(),
    message: z.string(),
    hint: z.string().optional(),
    file: z.string().optional(),
    line: z.number().optional(),
  });

/**
 * Leaves out what only a machine beside the manifests needs.
 *
 * @internal
 */
export function plainFinding(finding: Finding) {
  const { code, severity, path, message, hint, file, position } = finding;
  return { code, severity, path, message, hint, file, line: position?.line };
}
