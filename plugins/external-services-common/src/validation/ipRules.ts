import {
  formatIp,
  type IpAddress,
  type SpecialRange,
  specialRange,
} from '../kubernetes/ipAddress';
import type { ReportAt } from './Problem';

const ADDRESS_HINT = 'Write it like 203.0.113.1 or 2001:db8::1.';

/** A text that should be an address, and the address that it is. */
export interface IpText {
  text: string;
  ip: IpAddress | undefined;
}

/** For addresses that are checked as if none was stored before. */
export const NONE_STORED: ReadonlySet<string> = new Set();

/**
 * True when the text is an address for the older fields; reports what is wrong.
 * Strict since 1.36 (gate StrictIPCIDRValidation); a value that is stored already stays accepted.
 * Source: apimachinery `util/validation` IsValidIPForLegacyField.
 */
export function validateLegacyIp(
  { text, ip }: IpText,
  path: string,
  minor: number,
  existing: ReadonlySet<string>,
  report: ReportAt,
): boolean {
  if (existing.has(text)) {
    return true;
  }
  if (!ip) {
    report(
      'invalid-ip-address',
      path,
      `${JSON.stringify(text)} is not an IP address.`,
      ADDRESS_HINT,
    );
    return false;
  }
  if (minor >= 36 && !ip.strict) {
    report(
      'invalid-ip-address',
      path,
      `${text} is written in a way that programs read differently.`,
      `Write it as ${formatIp(ip)}.`,
    );
    return false;
  }
  return true;
}

const SPECIAL: Record<SpecialRange, string> = {
  unspecified: 'is not the address of a machine',
  loopback: 'always means the machine itself',
  'link-local':
    'is a link-local address, where clouds keep their machine metadata',
  'link-local multicast': 'is a link-local multicast address',
};

/** Source: `core/validation` ValidateEndpointIP (ValidateNonSpecialIP before 1.33). */
export function validateEndpointIp(
  { text, ip }: IpText,
  path: string,
  report: ReportAt,
): void {
  const range = ip && specialRange(ip);
  if (range) {
    report(
      'special-ip-address',
      path,
      `${text} ${SPECIAL[range]}. Kubernetes refuses it.`,
      'Use an address that the cluster can reach.',
    );
  }
}
