import { isHeadless } from '../manifests/kinds';
import type { LintProblem } from './LintProblem';
import type { LintSubject } from './LintSubject';

/**
 * Fields that are accepted and have no effect.
 * Source: kube-proxy `pkg/proxy/util` ShouldSkipService; `pkg/api/service` GetWarningsForService.
 */
export function lintIgnoredFields({
  object,
  service,
}: LintSubject): LintProblem[] {
  const { spec } = service;
  const alias = spec.type === 'ExternalName';
  const headless = isHeadless(object.manifest);
  const withoutProxy = alias || headless;
  const what = alias ? 'an alias' : 'a headless Service';
  const fields: [string, boolean][] = [
    ['selector', alias && spec.selector.size > 0],
    ['sessionAffinity', withoutProxy && spec.sessionAffinity === 'ClientIP'],
    [
      'internalTrafficPolicy',
      withoutProxy && spec.internalTrafficPolicy === 'Local',
    ],
    ['externalIPs', withoutProxy && spec.externalIPs.length > 0],
    [
      'trafficDistribution',
      withoutProxy && spec.trafficDistribution !== undefined,
    ],
  ];
  const ignored = fields
    .filter(([, isIgnored]) => isIgnored)
    .map(([field]) =>
      ignoredField(object, field, `${field} has no effect on ${what}.`),
    );
  return !alias && spec.externalName !== ''
    ? [
        ...ignored,
        ignoredField(
          object,
          'externalName',
          `externalName has no effect on a Service of type ${spec.type}.`,
        ),
      ]
    : ignored;
}

function ignoredField(
  object: LintProblem['object'],
  field: string,
  message: string,
): LintProblem {
  return {
    object,
    severity: 'warning',
    code: 'ignored-field',
    path: `spec.${field}`,
    message,
    hint: 'Remove it.',
  };
}
