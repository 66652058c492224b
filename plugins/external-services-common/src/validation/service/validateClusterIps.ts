import { ipFamily, parseIp } from '../../kubernetes/ipAddress';
import type { Service } from '../decode/service';
import { validateLegacyIp } from '../ipRules';
import type { FindingCode } from '../FindingCode';
import type { ReportAt } from '../Problem';
import { isHeadlessSpec } from './serviceDefaults';

const PATH = 'spec.clusterIPs';
const CODE: FindingCode = 'invalid-cluster-ip';
const FAMILIES = ['IPv4', 'IPv6'];
const POLICIES = ['PreferDualStack', 'RequireDualStack', 'SingleStack'];
const LEAVE_OUT = 'Leave clusterIP and clusterIPs out; the cluster chooses.';

/**
 * `clusterIP`, `clusterIPs`, `ipFamilies` and `ipFamilyPolicy` by themselves.
 * Source: `core/validation` ValidateServiceClusterIPsRelatedFields.
 */
export function validateClusterIps(
  service: Service,
  existing: Service | undefined,
  minor: number,
  report: ReportAt,
): void {
  if (service.spec.type === 'ExternalName') {
    return;
  }
  validateInSync(service, report);
  validateFamilies(service, report);
  const existingIps = new Set(existing?.spec.clusterIPs);
  const wellFormed = validateEach(service, existingIps, minor, report);
  if (service.spec.clusterIPs.length > 2) {
    report(CODE, PATH, 'At most two cluster IPs are allowed.', LEAVE_OUT);
  }
  if (wellFormed) {
    validateTogether(service, report);
  }
}

function validateInSync({ spec }: Service, report: ReportAt): void {
  const first = spec.clusterIPs[0];
  if (spec.clusterIP === '' && first !== undefined) {
    report(
      CODE,
      PATH,
      'clusterIPs is given without clusterIP.',
      'Write clusterIP as well, or only clusterIP.',
    );
  }
  if (spec.clusterIP !== '' && first !== spec.clusterIP) {
    report(
      CODE,
      PATH,
      `The first of clusterIPs has to be clusterIP, ${spec.clusterIP}.`,
      'Write the same address in both, or only clusterIP.',
    );
  }
}

function validateFamilies({ spec }: Service, report: ReportAt): void {
  const seen = new Set<string>();
  for (const [index, family] of spec.ipFamilies.entries()) {
    const path = `spec.ipFamilies[${index}]`;
    if (!FAMILIES.includes(family)) {
      report(
        'unsupported-value',
        path,
        `${JSON.stringify(family)} is not a family of addresses.`,
        'Use IPv4 or IPv6; capitals matter.',
      );
    }
    if (seen.has(family)) {
      report(
        'invalid-ip-families',
        path,
        `${family} is listed twice.`,
        'List each family once.',
      );
    }
    seen.add(family);
  }
  const policy = spec.ipFamilyPolicy;
  if (policy !== undefined && !POLICIES.includes(policy)) {
    report(
      'unsupported-value',
      'spec.ipFamilyPolicy',
      `${JSON.stringify(policy)} is not a policy for families of addresses.`,
      `Use ${POLICIES.join(', ')}.`,
    );
  }
}

/** True when every value is an address, or `None` alone. */
function validateEach(
  { spec }: Service,
  existingIps: ReadonlySet<string>,
  minor: number,
  report: ReportAt,
): boolean {
  let wellFormed = true;
  for (const [index, ip] of spec.clusterIPs.entries()) {
    if (index === 0 && ip === 'None') {
      if (spec.clusterIPs.length > 1) {
        wellFormed = false;
        report(
          CODE,
          PATH,
          'None has to be the only value of clusterIPs.',
          'Keep clusterIP: None and remove clusterIPs.',
        );
      }
      continue;
    }
    const path = `${PATH}[${index}]`;
    const valid = /^none$/i.test(ip)
      ? misspeltNone(ip, path, report)
      : validateLegacyIp(
          { text: ip, ip: parseIp(ip) },
          path,
          minor,
          existingIps,
          report,
        );
    wellFormed &&= valid;
  }
  return wellFormed;
}

function misspeltNone(ip: string, path: string, report: ReportAt): false {
  report(
    CODE,
    path,
    `${ip} is not an address.`,
    'Write None with a capital N and small letters.',
  );
  return false;
}

function validateTogether(service: Service, report: ReportAt): void {
  const { clusterIPs, ipFamilies } = service.spec;
  const families = clusterIPs.map(familyOf);
  if (clusterIPs.length > 1 && !isDualStack(families)) {
    report(
      CODE,
      PATH,
      'There may be one cluster IP of each family.',
      LEAVE_OUT,
    );
  }
  if (isHeadlessSpec(service)) {
    return;
  }
  for (const [index, family] of families.entries()) {
    const wanted = ipFamilies[index];
    const contradicts =
      (wanted === 'IPv4' && family === 'IPv6') ||
      (wanted === 'IPv6' && family === 'IPv4');
    if (contradicts) {
      report(
        CODE,
        `${PATH}[${index}]`,
        `${clusterIPs[index]} is no ${wanted} address, as ipFamilies[${index}] says.`,
        LEAVE_OUT,
      );
    }
  }
}

/** Source: `k8s.io/utils/net` IsDualStackIPStrings: at least one of each family. */
function isDualStack(families: string[]): boolean {
  return FAMILIES.every(family => families.includes(family));
}

/** The family of a cluster IP. */
export function familyOf(text: string): 'IPv4' | 'IPv6' {
  const ip = parseIp(text);
  return ip ? ipFamily(ip) : 'IPv4';
}
