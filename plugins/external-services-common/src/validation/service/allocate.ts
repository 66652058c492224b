import type { Cidr } from '../../kubernetes/cidr';
import { parseIp } from '../../kubernetes/ipAddress';
import {
  type ClusterFacts,
  isAssignable,
  serviceRangesOf,
} from '../ClusterFacts';
import type { Service } from '../decode/service';
import {
  collectProblems,
  type Problem,
  type ProblemCollector,
  type ReportAt,
} from '../Problem';
import { allocateNodePorts } from './allocateNodePorts';
import { familyOf, validateClusterIps } from './validateClusterIps';

/**
 * What the server gives out in place of nothing. No server gives out these, so
 * they never equal a value of a manifest.
 */
const PLACEHOLDER = { IPv4: '255.255.255.255', IPv6: 'ffff:ffff::ffff' };

/** What allocation has to know. */
export interface AllocationContext {
  existing?: Service;
  minor: number;
  cluster: ClusterFacts;
}

/**
 * Families and addresses are settled before validation; an error here hides all
 * later ones. Changes the Service as the server does.
 * Source: `registry/core/service/storage` allocateCreate and allocateUpdate.
 */
export function allocate(
  service: Service,
  context: AllocationContext,
): Problem[] {
  const found = collectProblems();
  const { problems, report } = found;
  const ranges = serviceRangesOf(context.cluster);
  initFamilies(service, context, ranges, found);
  if (problems.length === 0) {
    allocateIps(service, context.existing, ranges, report);
  }
  if (problems.length === 0) {
    allocateNodePorts(service, context, report);
  }
  return problems;
}

/** Source: `registry/core/service/storage` initIPFamilyFields. */
function initFamilies(
  service: Service,
  { existing, minor }: AllocationContext,
  ranges: Cidr[] | undefined,
  { problems, report }: ProblemCollector,
): void {
  const { spec } = service;
  if (
    spec.type === 'ExternalName' ||
    isUnchangedPreferDual(service, existing)
  ) {
    return;
  }
  const special = spec.clusterIP === 'None' && spec.selector.size === 0;
  spec.ipFamilyPolicy ??=
    existing?.spec.ipFamilyPolicy ??
    (special ? 'RequireDualStack' : 'SingleStack');
  validateClusterIps(service, existing, minor, report);
  if (problems.length === 0) {
    settlePolicy(service, existing, report);
    inferFamilies(service, ranges, report);
  }
  if (problems.length === 0 && !special) {
    requireConfigured(service, ranges, report);
  }
  if (problems.length === 0) {
    completeFamilies(service, special, ranges);
  }
}

/** Source: `registry/core/service/storage` isMatchingPreferDualStackClusterIPFields. */
function isUnchangedPreferDual(
  { spec }: Service,
  existing: Service | undefined,
): boolean {
  return (
    existing !== undefined &&
    existing.spec.type === spec.type &&
    ['ClusterIP', 'NodePort', 'LoadBalancer'].includes(spec.type) &&
    spec.ipFamilyPolicy === 'PreferDualStack' &&
    [undefined, 'PreferDualStack'].includes(existing.spec.ipFamilyPolicy) &&
    sameList(existing.spec.clusterIPs, spec.clusterIPs) &&
    sameList(existing.spec.ipFamilies, spec.ipFamilies)
  );
}

function settlePolicy(
  { spec }: Service,
  existing: Service | undefined,
  report: ReportAt,
): void {
  const conflict = (what: string, hint: string) =>
    report('invalid-ip-families', 'spec.ipFamilyPolicy', what, hint);
  const single = spec.ipFamilyPolicy === 'SingleStack';
  if (existing && single) {
    if (sameList(existing.spec.clusterIPs, spec.clusterIPs)) {
      spec.clusterIPs = spec.clusterIPs.slice(0, 1);
    }
    if (sameList(existing.spec.ipFamilies, spec.ipFamilies)) {
      spec.ipFamilies = spec.ipFamilies.slice(0, 1);
    }
  } else if (existing) {
    const reduced = (['clusterIPs', 'ipFamilies'] as const).filter(
      field =>
        spec[field].length > 0 &&
        spec[field].length < existing.spec[field].length,
    );
    for (const field of reduced) {
      conflict(
        `Fewer ${field} than before need the policy SingleStack.`,
        'Set ipFamilyPolicy: SingleStack.',
      );
    }
  }
  if (single) {
    const several = (['clusterIPs', 'ipFamilies'] as const).filter(
      field => spec[field].length === 2,
    );
    for (const field of several) {
      conflict(
        `Two ${field} contradict the policy SingleStack.`,
        'Set ipFamilyPolicy: PreferDualStack, or list one.',
      );
    }
  }
}

function inferFamilies(
  { spec }: Service,
  ranges: Cidr[] | undefined,
  report: ReportAt,
): void {
  for (const [index, ip] of spec.clusterIPs.entries()) {
    if (ip === 'None') {
      return;
    }
    const family = familyOf(ip);
    if (index >= spec.ipFamilies.length) {
      if (ranges && !hasFamily(ranges, family)) {
        report(
          'not-in-cluster',
          `spec.clusterIPs[${index}]`,
          `The cluster has no ${family} addresses for Services.`,
          'Leave clusterIP out; the cluster chooses.',
        );
      } else {
        spec.ipFamilies = [...spec.ipFamilies, family];
      }
    }
  }
}

function requireConfigured(
  { spec }: Service,
  ranges: Cidr[] | undefined,
  report: ReportAt,
): void {
  if (!ranges) {
    return;
  }
  if (spec.ipFamilyPolicy === 'RequireDualStack' && ranges.length < 2) {
    report(
      'not-in-cluster',
      'spec.ipFamilyPolicy',
      'The cluster has one family of addresses, so it cannot give two.',
      'Use PreferDualStack, or leave ipFamilyPolicy out.',
    );
  }
  for (const [index, family] of spec.ipFamilies.entries()) {
    if (!hasFamily(ranges, family)) {
      report(
        'not-in-cluster',
        `spec.ipFamilies[${index}]`,
        `The cluster has no ${family} addresses for Services.`,
        `Use ${ranges
          .map(range => range.family)
          .join(', ')}, or make the Service headless.`,
      );
    }
  }
}

function completeFamilies(
  { spec }: Service,
  special: boolean,
  ranges: Cidr[] | undefined,
): void {
  if (spec.ipFamilies.length === 0) {
    spec.ipFamilies = [ranges?.[0]?.family ?? 'IPv4'];
  }
  const mayHaveTwo = special || ranges?.length === 2;
  const wantsTwo =
    spec.ipFamilyPolicy === 'RequireDualStack' ||
    (mayHaveTwo && spec.ipFamilyPolicy !== 'SingleStack');
  if (spec.ipFamilies.length === 1 && wantsTwo) {
    const [first] = spec.ipFamilies;
    spec.ipFamilies = [first, first === 'IPv4' ? 'IPv6' : 'IPv4'];
  }
}

/** Source: `registry/core/service/storage` allocClusterIPs and updateClusterIPs. */
function allocateIps(
  { spec }: Service,
  existing: Service | undefined,
  ranges: Cidr[] | undefined,
  report: ReportAt,
): void {
  if (spec.type === 'ExternalName' || spec.clusterIPs[0] === 'None') {
    return;
  }
  const fresh = !existing || existing.spec.type === 'ExternalName';
  const upgraded =
    existing?.spec.ipFamilies.length === 1 && spec.ipFamilies.length === 2;
  const headlessBefore = existing?.spec.clusterIPs[0] === 'None';
  if (headlessBefore || (!fresh && !upgraded)) {
    return;
  }
  const clusterIPs = [...spec.clusterIPs];
  for (const [index, family] of spec.ipFamilies.entries()) {
    if (!fresh && index === 0) {
      continue;
    }
    const wanted = clusterIPs[index];
    if (wanted === undefined) {
      clusterIPs[index] = PLACEHOLDER[family === 'IPv6' ? 'IPv6' : 'IPv4'];
    } else {
      checkFree(wanted, ranges, report);
    }
  }
  spec.clusterIPs = clusterIPs;
  spec.clusterIP = clusterIPs[0];
}

function checkFree(
  wanted: string,
  ranges: Cidr[] | undefined,
  report: ReportAt,
): void {
  const ip = parseIp(wanted);
  if (ranges && ip && !ranges.some(range => isAssignable(range, ip))) {
    report(
      'not-in-cluster',
      'spec.clusterIPs',
      `${wanted} is not in the cluster's range of Service addresses.`,
      'Leave clusterIP out; the cluster chooses.',
    );
  }
}

function hasFamily(ranges: Cidr[], family: string): boolean {
  return ranges.some(range => range.family === family);
}

/** True when two lists have the same texts in the same order. */
export function sameList(a: readonly string[], b: readonly string[]): boolean {
  return a.length === b.length && a.every((item, index) => item === b[index]);
}
