import { isHeadless } from '../manifests/kinds';
import type { LintReport } from './LintProblem';
import type { LintSubject } from './LintSubject';

/**
 * Fields that are accepted and have no effect.
 * Source: kube-proxy `pkg/proxy/util` ShouldSkipService; `pkg/api/service` GetWarningsForService.
 */
export function lintIgnoredFields(
  { object, service }: LintSubject,
  report: LintReport,
): void {
  const { spec } = service;
  const alias = spec.type === 'ExternalName';
  const headless = isHeadless(object.manifest);
  const withoutProxy = alias || headless;
  const what = alias ? 'an alias' : 'a headless Service';
  const judge = (isIgnored: boolean, field: string, on = what) => {
    if (isIgnored) {
      report({
        object,
        severity: 'warning',
        code: 'ignored-field',
        path: `spec.${field}`,
        message: `${field} has no effect on ${on}.`,
        hint: 'Remove it.',
      });
    }
  };
  judge(alias && spec.selector.size > 0, 'selector');
  judge(withoutProxy && spec.sessionAffinity === 'ClientIP', 'sessionAffinity');
  judge(
    withoutProxy && spec.internalTrafficPolicy === 'Local',
    'internalTrafficPolicy',
  );
  judge(withoutProxy && spec.externalIPs.length > 0, 'externalIPs');
  judge(
    withoutProxy && spec.trafficDistribution !== undefined,
    'trafficDistribution',
  );
  if (!alias && spec.externalName !== '') {
    judge(true, 'externalName', `a Service of type ${spec.type}`);
  }
}
