import { type Cidr, cidrContains, parseCidr } from '../kubernetes/cidr';
import { formatIp, type IpAddress, parseIp } from '../kubernetes/ipAddress';
import { isDns1123Subdomain } from '../kubernetes/names';
import { asciiHost } from '../model/asciiHost';

/** A target as patterns see it: an address, or else a host. */
export interface PatternTarget {
  ip?: IpAddress;
  host: string;
}

/** What a pattern covers. */
export type TargetPattern = (target: PatternTarget) => boolean;

/** A target as it is written; an IPv4-mapped address is the IPv4 address. */
export function patternTarget(text: string): PatternTarget {
  const host = asciiHost(text);
  return { ip: parseIp(host), host };
}

/**
 * Reads an entry of a policy: a host, which covers itself and its subdomains, or
 * a range of addresses. Texts that are neither cover nothing (see `checkTargetPattern`).
 */
export function targetPattern(text: string): TargetPattern {
  const cidr = rangeOf(text);
  if (cidr) {
    return ({ ip }) => ip !== undefined && cidrContains(cidr, ip);
  }
  const suffix = asciiHost(text);
  return ({ ip, host }) =>
    ip === undefined &&
    (host === suffix || host.endsWith(`.${suffix}`)) &&
    // What is no name at all must not pass as a part of one.
    isDns1123Subdomain(host);
}

/**
 * What is wrong with an entry of a policy, with the remedy; undefined when
 * nothing is. Strict, since a wrong entry would forbid or allow what nobody meant.
 */
export function checkTargetPattern(text: string): string | undefined {
  if (/^(?=.*[:/]|[\d.]+$)[\da-f:.]+(\/\d*)?$/i.test(text)) {
    return rangeOf(text)?.strict
      ? undefined
      : 'is no range of addresses. Write its first address and its length, for example 203.0.113.0/24 or 2001:db8::/32';
  }
  const bare = text.replace(/^\*?\./, '');
  if (bare !== text && isDns1123Subdomain(asciiHost(bare))) {
    return `covers nothing. Write ${bare}, which covers its subdomains too`;
  }
  return isDns1123Subdomain(asciiHost(text))
    ? undefined
    : 'is no host name. Write it without scheme, port and wildcard, for example example.com';
}

function rangeOf(text: string): Cidr | undefined {
  const ip = text.includes('/') ? undefined : parseIp(text);
  return ip
    ? parseCidr(`${formatIp(ip)}/${ip.notation === 'IPv4' ? 32 : 128}`)
    : parseCidr(text);
}
