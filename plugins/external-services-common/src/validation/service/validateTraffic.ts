import type { Service } from '../decode/service';
import type { ReportAt } from '../Problem';
import { isPortNumber } from './validatePorts';
import { isExternallyAccessible, needsHealthCheck } from './serviceDefaults';

const MAX_AFFINITY_SECONDS = 86400;
const POLICIES = ['Cluster', 'Local'];

/** Source: `core/validation` validateService and validateClientIPAffinityConfig. */
export function validateSessionAffinity(
  { spec }: Service,
  report: ReportAt,
): void {
  if (!['ClientIP', 'None'].includes(spec.sessionAffinity)) {
    report(
      'unsupported-value',
      'spec.sessionAffinity',
      `${JSON.stringify(spec.sessionAffinity)} is not a session affinity.`,
      'Use ClientIP or None.',
    );
  }
  const seconds = spec.sessionAffinityConfig?.clientIP?.timeoutSeconds;
  if (
    spec.sessionAffinity === 'ClientIP' &&
    (seconds === undefined || seconds < 1 || seconds > MAX_AFFINITY_SECONDS)
  ) {
    report(
      'invalid-session-affinity',
      'spec.sessionAffinityConfig.clientIP.timeoutSeconds',
      `${seconds} is not a time for session affinity.`,
      `Use 1 to ${MAX_AFFINITY_SECONDS} seconds.`,
    );
  }
}

/** Source: `core/validation` validateServiceExternalTrafficPolicy. */
export function validateExternalTraffic(
  service: Service,
  report: ReportAt,
): void {
  const { spec } = service;
  if (!isExternallyAccessible(service)) {
    if (spec.externalTrafficPolicy !== '') {
      report(
        'not-allowed-for-type',
        'spec.externalTrafficPolicy',
        'externalTrafficPolicy is for Services that are reached from outside the cluster.',
        'Remove it.',
      );
    }
  } else if (!POLICIES.includes(spec.externalTrafficPolicy)) {
    report(
      'unsupported-value',
      'spec.externalTrafficPolicy',
      `${JSON.stringify(spec.externalTrafficPolicy)} is not a traffic policy.`,
      'Use Cluster or Local.',
    );
  }
  const { healthCheckNodePort } = spec;
  if (!needsHealthCheck(service)) {
    if (healthCheckNodePort !== 0) {
      report(
        'not-allowed-for-type',
        'spec.healthCheckNodePort',
        'healthCheckNodePort is for load balancers with externalTrafficPolicy Local.',
        'Remove it.',
      );
    }
  } else if (healthCheckNodePort !== 0 && !isPortNumber(healthCheckNodePort)) {
    report(
      'invalid-port',
      'spec.healthCheckNodePort',
      `${healthCheckNodePort} is not a port.`,
      'Use a port from 1 to 65535, or leave it out.',
    );
  }
}

/** Source: `core/validation` validateServiceInternalTrafficFieldsValue. */
export function validateInternalTraffic(
  { spec }: Service,
  report: ReportAt,
): void {
  const policy = spec.internalTrafficPolicy;
  if (policy !== undefined && !POLICIES.includes(policy)) {
    report(
      'unsupported-value',
      'spec.internalTrafficPolicy',
      `${JSON.stringify(policy)} is not a traffic policy.`,
      'Use Cluster or Local, or leave it out.',
    );
  }
}

/** Source: `core/validation` validateServiceTrafficDistribution; the field is dropped by 1.30. */
export function validateTrafficDistribution(
  { spec }: Service,
  minor: number,
  report: ReportAt,
): void {
  const value = spec.trafficDistribution;
  const supported =
    minor >= 34
      ? ['PreferClose', 'PreferSameZone', 'PreferSameNode']
      : ['PreferClose'];
  if (minor >= 31 && value !== undefined && !supported.includes(value)) {
    report(
      'unsupported-value',
      'spec.trafficDistribution',
      `${JSON.stringify(
        value,
      )} is not a traffic distribution of Kubernetes 1.${minor}.`,
      `Use ${supported.join(', ')}, or leave it out.`,
    );
  }
}
