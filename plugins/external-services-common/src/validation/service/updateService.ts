import type { Service } from '../decode/service';
import type { ReportAt } from '../Problem';
import { sameList } from './allocate';
import { givesNodePorts, hasNodePorts } from './allocateNodePorts';
import {
  isExternallyAccessible,
  isHeadlessSpec,
  needsHealthCheck,
} from './serviceDefaults';

/**
 * Takes over what the server gave out before and the new manifest does not say.
 * This is why a headless Service stays headless when clusterIP is left out.
 * Source: `registry/core/service/storage` patchAllocatedValues.
 */
export function patchAllocatedValues(after: Service, before: Service): void {
  const bothHaveIps =
    after.spec.type !== 'ExternalName' && before.spec.type !== 'ExternalName';
  if (bothHaveIps) {
    after.spec.clusterIP ||= before.spec.clusterIP;
    if (after.spec.clusterIPs.length === 0) {
      after.spec.clusterIPs = [...before.spec.clusterIPs];
    }
  }
  if (givesNodePorts(before) && givesNodePorts(after)) {
    const used = new Set(after.spec.ports.map(port => port.nodePort));
    const held = new Map(
      before.spec.ports.map(port => [port.name, port.nodePort]),
    );
    for (const port of after.spec.ports.filter(({ nodePort }) => !nodePort)) {
      const heldByName = held.get(port.name) ?? 0;
      port.nodePort = used.has(heldByName) ? 0 : heldByName;
    }
  }
  if (needsHealthCheck(before) && needsHealthCheck(after)) {
    after.spec.healthCheckNodePort ||= before.spec.healthCheckNodePort;
  }
}

/** Source: `registry/core/service/storage` normalizeClusterIPs. */
export function normalizeClusterIps(after: Service, before?: Service): void {
  const { spec } = after;
  if (!before) {
    if (spec.clusterIP !== '' && spec.clusterIPs.length === 0) {
      spec.clusterIPs = [spec.clusterIP];
    }
    return;
  }
  const sameIp = before.spec.clusterIP === spec.clusterIP;
  if (sameIp && spec.clusterIPs.length === 0) {
    spec.clusterIPs = [...before.spec.clusterIPs];
  }
  if (!sameIp && sameList(before.spec.clusterIPs, spec.clusterIPs)) {
    const cleared = before.spec.clusterIP !== '' && spec.clusterIP === '';
    spec.clusterIPs = cleared ? [] : [spec.clusterIP];
  }
}

/**
 * Wipes what the new type has no use for, unless it was changed at the same time.
 * Source: `registry/core/service` dropTypeDependentFields.
 */
export function dropTypeDependentFields(after: Service, before: Service): void {
  const next = after.spec;
  const last = before.spec;
  if (last.type !== 'ExternalName' && next.type === 'ExternalName') {
    if (
      last.clusterIP === next.clusterIP &&
      sameList(last.clusterIPs, next.clusterIPs)
    ) {
      next.clusterIP = '';
      next.clusterIPs = [];
    }
    if (sameList(last.ipFamilies, next.ipFamilies)) {
      next.ipFamilies = [];
    }
    if (last.ipFamilyPolicy === next.ipFamilyPolicy) {
      next.ipFamilyPolicy = undefined;
    }
  }
  if (hasNodePorts(before) && !hasNodePorts(after)) {
    const known = new Set(last.ports.map(port => port.nodePort));
    const added = next.ports.some(
      ({ nodePort }) => nodePort !== 0 && !known.has(nodePort),
    );
    if (!added) {
      next.ports.forEach(port => {
        port.nodePort = 0;
      });
    }
  }
  if (
    needsHealthCheck(before) &&
    !needsHealthCheck(after) &&
    last.healthCheckNodePort === next.healthCheckNodePort
  ) {
    next.healthCheckNodePort = 0;
  }
  if (last.type === 'LoadBalancer' && next.type !== 'LoadBalancer') {
    for (const field of [
      'allocateLoadBalancerNodePorts',
      'loadBalancerClass',
    ] as const) {
      if (last[field] === next[field]) {
        next[field] = undefined;
      }
    }
  }
  if (
    isExternallyAccessible(before) &&
    !isExternallyAccessible(after) &&
    last.externalTrafficPolicy === next.externalTrafficPolicy
  ) {
    next.externalTrafficPolicy = '';
  }
}

/** Source: `core/validation` ValidateServiceUpdate and the functions it calls. */
export function validateServiceChange(
  after: Service,
  before: Service,
  report: ReportAt,
): void {
  const keepsIps =
    after.spec.type !== 'ExternalName' && before.spec.type !== 'ExternalName';
  const bothHeadless = isHeadlessSpec(after) && isHeadlessSpec(before);
  if (keepsIps && !bothHeadless) {
    validateClusterIpChange(after, before, report);
  }
  if (keepsIps && !isHeadlessSpec(after) && !isHeadlessSpec(before)) {
    validateFamilyChange(after, before, report);
  }
  if (
    after.spec.type === 'LoadBalancer' &&
    before.spec.type === 'LoadBalancer' &&
    after.spec.loadBalancerClass !== before.spec.loadBalancerClass
  ) {
    immutable('spec.loadBalancerClass', report);
  }
  if (
    needsHealthCheck(after) &&
    needsHealthCheck(before) &&
    after.spec.healthCheckNodePort !== before.spec.healthCheckNodePort
  ) {
    immutable('spec.healthCheckNodePort', report);
  }
}

/** Source: `core/validation` validateUpgradeDowngradeClusterIPs. */
function validateClusterIpChange(
  after: Service,
  before: Service,
  report: ReportAt,
): void {
  const next = after.spec.clusterIPs;
  const last = before.spec.clusterIPs;
  const compared = last.length === next.length ? last.length : 1;
  for (let i = 0; i < Math.min(compared, last.length); i++) {
    if (next[i] !== last[i]) {
      immutable(`spec.clusterIPs[${i}]`, report);
    }
  }
  if (last.length > next.length && next.length === 1) {
    requireSingleStack(after, report);
  }
}

/** Source: `core/validation` validateUpgradeDowngradeIPFamilies. */
function validateFamilyChange(
  after: Service,
  before: Service,
  report: ReportAt,
): void {
  const next = after.spec.ipFamilies;
  const last = before.spec.ipFamilies;
  const changed =
    last.length === next.length
      ? !sameList(last, next)
      : last.length > 0 && next.length > 0 && next[0] !== last[0];
  if (changed) {
    immutable('spec.ipFamilies[0]', report);
  }
  if (last.length > next.length && next.length === 1) {
    requireSingleStack(after, report);
  }
}

function requireSingleStack(after: Service, report: ReportAt): void {
  if (after.spec.ipFamilyPolicy !== 'SingleStack') {
    report(
      'invalid-ip-families',
      'spec.ipFamilyPolicy',
      'Giving up the second family needs the policy SingleStack.',
      'Set ipFamilyPolicy: SingleStack.',
    );
  }
}

function immutable(path: string, report: ReportAt): void {
  report(
    'immutable-field',
    path,
    `${path} cannot change on a Service that exists.`,
    'Add a Service under another name and move the application, or delete this one first.',
  );
}
