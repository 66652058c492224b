import { isHeadless } from '../manifests/kinds';
import type { LintReport } from './LintProblem';
import type { LintSubject } from './LintSubject';
import { lintPorts } from './portRules';

/** Whether a Service without selector and its addresses fit together. */
export function lintEndpoints(subject: LintSubject, report: LintReport): void {
  if (subject.service.spec.type === 'ExternalName') {
    return;
  }
  lintPresence(subject, report);
  lintMixture(subject, report);
  lintPorts(subject, report);
  lintFamilies(subject, report);
  lintTraffic(subject, report);
}

function lintPresence(
  { object, sources }: LintSubject,
  report: LintReport,
): void {
  if (sources.some(({ addresses }) => addresses.some(({ ready }) => ready))) {
    return;
  }
  report({
    object,
    severity: 'warning',
    code: 'no-endpoints',
    path: 'spec',
    message:
      sources.length === 0
        ? 'No EndpointSlice here has the addresses of this Service, so connections are refused.'
        : 'No address of this Service is ready, so connections are refused.',
    hint: 'Add an EndpointSlice with the label kubernetes.io/service-name and the addresses.',
  });
}

function lintMixture({ sources }: LintSubject, report: LintReport): void {
  const endpoints = sources.find(({ kind }) => kind === 'Endpoints');
  const slice = sources.find(({ kind }) => kind === 'EndpointSlice');
  if (endpoints && slice) {
    report({
      object: endpoints.object,
      severity: 'warning',
      code: 'mixed-endpoints',
      path: 'subsets',
      message:
        'Kubernetes copies these addresses into slices of its own, beside the ones written here; both are used.',
      hint: 'Keep either the Endpoints or the EndpointSlices.',
    });
  }
}

const FAMILIES = ['IPv4', 'IPv6'];
const BOTH_FAMILIES: unknown[] = ['PreferDualStack', 'RequireDualStack'];

/** A Service with a cluster IP uses the families it has and no others. */
function lintFamilies(
  { object, service, sources }: LintSubject,
  report: LintReport,
): void {
  const { ipFamilies, ipFamilyPolicy } = service.spec;
  if (
    isHeadless(object.manifest) ||
    ipFamilies.length === 2 ||
    BOTH_FAMILIES.includes(ipFamilyPolicy)
  ) {
    return;
  }
  // Without a word the cluster's first family counts, which is IPv4 nearly everywhere.
  const family = ipFamilies[0] ?? 'IPv4';
  for (const source of sources) {
    if (
      source.kind === 'EndpointSlice' &&
      FAMILIES.includes(source.slice.addressType) &&
      source.slice.addressType !== family
    ) {
      report({
        object: source.object,
        severity: 'warning',
        code: 'unused-ip-family',
        path: 'addressType',
        message: `The Service has ${family} addresses only, so this slice is never used.`,
        hint: 'Set ipFamilyPolicy: PreferDualStack in the Service, or make it headless.',
      });
    }
  }
}

function lintTraffic(
  { object, service, sources }: LintSubject,
  report: LintReport,
): void {
  const { internalTrafficPolicy, trafficDistribution } = service.spec;
  const isLocal = internalTrafficPolicy === 'Local';
  if (
    isHeadless(object.manifest) ||
    (!isLocal && trafficDistribution === undefined)
  ) {
    return;
  }
  const slices = sources.flatMap(source =>
    source.kind === 'EndpointSlice' ? source.slice.endpoints : [],
  );
  if (isLocal && slices.every(({ nodeName }) => nodeName === undefined)) {
    report({
      object,
      severity: 'warning',
      code: 'local-traffic',
      path: 'spec.internalTrafficPolicy',
      message:
        'Local keeps to endpoints on the same node; what is outside the cluster is on none, so connections are dropped.',
      hint: 'Remove internalTrafficPolicy.',
    });
  }
  if (
    trafficDistribution !== undefined &&
    slices.every(({ hints }) => hints === undefined)
  ) {
    report({
      object,
      severity: 'warning',
      code: 'traffic-distribution',
      path: 'spec.trafficDistribution',
      message:
        'trafficDistribution needs hints in the slices, which no controller adds to slices written by hand.',
      hint: 'Remove trafficDistribution.',
    });
  }
}
