import type { LintReport } from './LintProblem';
import type { LintSubject } from './LintSubject';

/** What is deprecated about a Service. Source: `pkg/api/service` GetWarningsForService. */
export function lintService(
  { object, service }: LintSubject,
  report: LintReport,
): void {
  const { externalIPs, type } = service.spec;
  if (externalIPs.length > 0 && type !== 'ExternalName') {
    report({
      object,
      severity: 'warning',
      code: 'external-ips',
      path: 'spec.externalIPs',
      message:
        'externalIPs bring traffic into the cluster, and are deprecated since Kubernetes 1.36; they are not the addresses of a target.',
      hint: 'Write addresses of a target into an EndpointSlice.',
    });
  }
}
