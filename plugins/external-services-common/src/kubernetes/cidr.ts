import { type IpAddress, ipFamily, parseIp } from './ipAddress';

/** A range of addresses. */
export interface Cidr {
  ip: IpAddress;
  family: 'IPv4' | 'IPv6';
  /** Leading bits that all addresses of the range share, of 32 or 128. */
  prefix: number;
  /** True without leading zeros, IPv4-mapped notation and bits beyond the prefix. */
  strict: boolean;
}

/**
 * Reads a range as Kubernetes' `ParseCIDRSloppy` does (`k8s.io/utils/net`);
 * undefined when the text is none.
 */
export function parseCidr(text: string): Cidr | undefined {
  const [address, length, ...rest] = text.split('/');
  const ip = parseIp(address);
  if (!ip || rest.length > 0 || !/^[0-9]{1,20}$/.test(length ?? '')) {
    return undefined;
  }
  const bits = Number(length);
  if (bits > (ip.notation === 'IPv4' ? 32 : 128)) {
    return undefined;
  }
  const family = ipFamily(ip);
  const mapped = family === 'IPv4' && ip.notation === 'IPv6';
  const prefix = mapped ? Math.max(bits - 96, 0) : bits;
  const bare = { ip, family, prefix, strict: true };
  const strict =
    ip.strict && /^(0|[1-9]\d*)$/.test(length) && !hasBitsBeyond(bare);
  return { ...bare, strict };
}

/** True when the address is in the range. */
export function cidrContains(cidr: Cidr, ip: IpAddress): boolean {
  if (ipFamily(ip) !== cidr.family) {
    return false;
  }
  // Byte by byte: thousands of addresses may be held against many ranges.
  const start = cidr.family === 'IPv4' ? 12 : 0;
  const end = start + Math.floor(cidr.prefix / 8);
  for (let index = start; index < end; index++) {
    if (ip.bytes[index] !== cidr.ip.bytes[index]) {
      return false;
    }
  }
  const unused = 8 - (cidr.prefix % 8);
  return (
    unused === 8 || ip.bytes[end] >> unused === cidr.ip.bytes[end] >> unused
  );
}

/** True for the first address of the range, which is the network's own. */
export function isFirstOf(cidr: Cidr, ip: IpAddress): boolean {
  return !bitsOf(ip, cidr.family).slice(cidr.prefix).includes('1');
}

/** True for the last address of the range, with IPv4 the broadcast address. */
export function isLastOf(cidr: Cidr, ip: IpAddress): boolean {
  return !bitsOf(ip, cidr.family).slice(cidr.prefix).includes('0');
}

function hasBitsBeyond(cidr: Cidr): boolean {
  return !isFirstOf(cidr, cidr.ip);
}

function bitsOf(ip: IpAddress, family: 'IPv4' | 'IPv6'): string {
  return ip.bytes
    .slice(family === 'IPv4' ? 12 : 0)
    .map(byte => byte.toString(2).padStart(8, '0'))
    .join('');
}
