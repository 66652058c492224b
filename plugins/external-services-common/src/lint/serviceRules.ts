import type { LintProblem } from './LintProblem';
import type { LintSubject } from './LintSubject';

/** What is deprecated about a Service. Source: `pkg/api/service` GetWarningsForService. */
export function lintService({ object, service }: LintSubject): LintProblem[] {
  return service.spec.externalIPs.length > 0 &&
    service.spec.type !== 'ExternalName'
    ? [
        {
          object,
          severity: 'warning',
          code: 'external-ips',
          path: 'spec.externalIPs',
          message:
            'externalIPs bring traffic into the cluster, and are deprecated since Kubernetes 1.36; they are not the addresses of a target.',
          hint: 'Write addresses of a target into an EndpointSlice.',
        },
      ]
    : [];
}
