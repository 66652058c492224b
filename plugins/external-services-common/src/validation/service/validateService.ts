import { parseIp } from '../../kubernetes/ipAddress';
import { isDns1035Label, isDns1123Label } from '../../kubernetes/names';
import type { Service } from '../decode/service';
import { itemPath, keyPath } from '../fieldPath';
import { validateEndpointIp, validateLegacyIp } from '../ipRules';
import {
  type NameRule,
  validateLabels,
  validateName,
  validateObjectMeta,
  validateObjectMetaUpdate,
} from '../metadata/validateObjectMeta';
import { collectProblems, type Problem, type ReportAt } from '../Problem';
import type { RuleContext } from '../RuleContext';
import { allocate } from './allocate';
import { withServiceDefaults } from './serviceDefaults';
import {
  dropTypeDependentFields,
  normalizeClusterIps,
  patchAllocatedValues,
  validateServiceChange,
} from './updateService';
import { validateClusterIps } from './validateClusterIps';
import { validateLoadBalancer } from './validateLoadBalancer';
import { validateDistinctPorts, validateServicePorts } from './validatePorts';
import {
  validateExternalTraffic,
  validateInternalTraffic,
  validateSessionAffinity,
  validateTrafficDistribution,
} from './validateTraffic';
import { validateTypeFields } from './validateTypeFields';

/** Digits may come first since 1.36 (gate RelaxedServiceNameValidation, KEP-5311). */
function nameRule(minor: number): NameRule {
  return minor >= 36
    ? {
        isValid: isDns1123Label,
        hint: 'Use lower-case letters, digits and hyphens; at most 63 characters.',
      }
    : {
        isValid: isDns1035Label,
        hint: 'Use lower-case letters, digits and hyphens; start with a letter; at most 63 characters.',
      };
}

/**
 * The server's decision about a Service that was decoded without an error.
 * Source: `registry/core/service`, `core/validation` ValidateServiceCreate.
 */
export function validateService(
  decoded: Service,
  stored: Service | undefined,
  context: RuleContext,
): Problem[] {
  const service = withServiceDefaults(decoded);
  return stored
    ? validateUpdate(service, asStored(stored, context), context)
    : validateCreate(service, context);
}

function validateCreate(service: Service, context: RuleContext): Problem[] {
  normalizeClusterIps(service);
  const early = allocate(service, context);
  if (early.length > 0) {
    return early;
  }
  const { problems, report } = collectProblems();
  const rule = nameRule(context.minor);
  validateObjectMeta(service.metadata, rule, context.minor, report);
  validateSpec(service, undefined, context, report);
  return problems;
}

/** What the server holds after it accepted the manifest of before. */
function asStored(stored: Service, context: RuleContext): Service {
  const before = withServiceDefaults(stored);
  normalizeClusterIps(before);
  allocate(before, context);
  return before;
}

/** Source: `registry/core/service/storage` beginUpdate, then `core/validation` ValidateServiceUpdate. */
function validateUpdate(
  after: Service,
  before: Service,
  context: RuleContext,
): Problem[] {
  patchAllocatedValues(after, before);
  normalizeClusterIps(after, before);
  const early = allocate(after, { ...context, existing: before });
  if (early.length > 0) {
    return early;
  }
  dropTypeDependentFields(after, before);
  const { problems, report } = collectProblems();
  if (context.minor < 34) {
    validateName(after.metadata, nameRule(context.minor), report);
  }
  validateObjectMetaUpdate(after.metadata, context.minor, report);
  validateServiceChange(after, before, report);
  validateSpec(after, before, context, report);
  return problems;
}

/** Source: `core/validation` validateService. */
function validateSpec(
  service: Service,
  existing: Service | undefined,
  { minor }: RuleContext,
  report: ReportAt,
): void {
  validateTopologyAnnotations(service, report);
  validateTypeFields(service, minor, report);
  validateServicePorts(service, report);
  validateLabels(service.spec.selector, 'spec.selector', report);
  validateSessionAffinity(service, report);
  if (existing) {
    // What is new was asked this before it was given anything.
    validateClusterIps(service, existing, minor, report);
  }
  validateExternalIps(service, existing, minor, report);
  validateDistinctPorts(service, report);
  validateLoadBalancer(service, existing, minor, report);
  validateExternalTraffic(service, report);
  validateInternalTraffic(service, report);
  validateTrafficDistribution(service, minor, report);
}

function validateExternalIps(
  { spec }: Service,
  existing: Service | undefined,
  minor: number,
  report: ReportAt,
): void {
  if (spec.externalIPs.length === 0) {
    return;
  }
  const stored = new Set(existing?.spec.externalIPs);
  for (const [index, text] of spec.externalIPs.entries()) {
    const path = itemPath('spec.externalIPs', index);
    const address = { text, ip: parseIp(text) };
    if (validateLegacyIp(address, path, minor, stored, report)) {
      validateEndpointIp(address, path, report);
    }
  }
}

const TOPOLOGY_MODE = 'service.kubernetes.io/topology-mode';
const TOPOLOGY_HINTS = 'service.kubernetes.io/topology-aware-hints';

function validateTopologyAnnotations(
  { metadata }: Service,
  report: ReportAt,
): void {
  const mode = metadata.annotations.get(TOPOLOGY_MODE);
  const hints = metadata.annotations.get(TOPOLOGY_HINTS);
  if (mode !== undefined && hints !== undefined && mode !== hints) {
    report(
      'unsupported-value',
      keyPath('metadata.annotations', TOPOLOGY_MODE),
      `${TOPOLOGY_MODE} and ${TOPOLOGY_HINTS} contradict each other.`,
      `Remove ${TOPOLOGY_HINTS}.`,
    );
  }
}
