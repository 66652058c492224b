/**
 * An IP address as Kubernetes' oldest reader understands it.
 *
 * @public
 */
export interface IpAddress {
  /** Sixteen bytes; an IPv4 address is kept in its IPv4-mapped form. */
  bytes: readonly number[];
  /** The notation, decided by the first `.` or `:`. */
  notation: 'IPv4' | 'IPv6';
  /** True without leading zeros in an octet, long groups or IPv4-mapped notation. */
  strict: boolean;
}

const IPV4_MAPPED = [0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0xff, 0xff];
const MAX_TEXT = 1000;

/**
 * Reads an address as Kubernetes' `ParseIPSloppy` does (`k8s.io/utils/net`):
 * leading zeros and long IPv6 groups pass; zones, brackets and prefixes do not.
 *
 * @public
 */
export function parseIp(text: string): IpAddress | undefined {
  // A longer text is only zeros; bounded because it may be hostile.
  if (text.length > MAX_TEXT) {
    return undefined;
  }
  const dot = text.indexOf('.');
  const colon = text.indexOf(':');
  if (colon >= 0 && (dot < 0 || colon < dot)) {
    return parseIpv6(text);
  }
  const part = dot < 0 ? undefined : parseIpv4(text, [...IPV4_MAPPED]);
  return part && { ...part, notation: 'IPv4' };
}

interface Part {
  bytes: number[];
  strict: boolean;
}

const DOT = 46;
const ZERO = 48;
const NINE = 57;

/** Adds four octets to the bytes, digit by digit: lists of addresses are long. */
function parseIpv4(text: string, bytes: number[]): Part | undefined {
  const end = bytes.length + 4;
  let strict = true;
  let digits = 0;
  let byte = 0;
  for (let i = 0; i <= text.length; i++) {
    const code = text.charCodeAt(i);
    if (code >= ZERO && code <= NINE) {
      strict &&= digits === 0 || byte > 0;
      digits += 1;
      byte = byte * 10 + code - ZERO;
    } else if ((code === DOT || i === text.length) && digits > 0) {
      bytes.push(byte);
      digits = 0;
      byte = 0;
    } else {
      return undefined;
    }
    if (byte > 255) {
      return undefined;
    }
  }
  return bytes.length === end ? { bytes, strict } : undefined;
}

const HEX = /^[0-9a-fA-F]+$/;

function parseGroups(text: string, mayEndInIpv4: boolean): Part | undefined {
  if (text === '') {
    return { bytes: [], strict: true };
  }
  const groups = text.split(':');
  const bytes: number[] = [];
  let strict = true;
  for (const [index, group] of groups.entries()) {
    if (mayEndInIpv4 && index === groups.length - 1 && group.includes('.')) {
      const tail = parseIpv4(group, bytes);
      if (!tail) {
        return undefined;
      }
      strict &&= tail.strict;
    } else {
      const value = HEX.test(group) ? parseInt(group, 16) : NaN;
      if (!(value <= 0xffff)) {
        return undefined;
      }
      bytes.push(value >> 8, value & 0xff);
      strict &&= group.length <= 4;
    }
  }
  return { bytes, strict };
}

function parseIpv6(text: string): IpAddress | undefined {
  const gap = text.indexOf('::');
  const head = parseGroups(gap < 0 ? text : text.slice(0, gap), gap < 0);
  const tail = parseGroups(gap < 0 ? '' : text.slice(gap + 2), true);
  if (!head || !tail) {
    return undefined;
  }
  const missing = 16 - head.bytes.length - tail.bytes.length;
  // `::` stands for at least one group; without it nothing may be missing.
  if (gap < 0 ? missing !== 0 : missing < 2) {
    return undefined;
  }
  const bytes = [
    ...head.bytes,
    ...new Array<number>(missing).fill(0),
    ...tail.bytes,
  ];
  const strict = head.strict && tail.strict && !isMapped(bytes);
  return { bytes, notation: 'IPv6', strict };
}

function isMapped(bytes: readonly number[]): boolean {
  for (let i = 0; i < IPV4_MAPPED.length; i++) {
    if (bytes[i] !== IPV4_MAPPED[i]) {
      return false;
    }
  }
  return true;
}

/**
 * The family of the address itself: an IPv4-mapped one is IPv4, whatever its notation.
 *
 * @public
 */
export function ipFamily(ip: IpAddress): 'IPv4' | 'IPv6' {
  return isMapped(ip.bytes) ? 'IPv4' : 'IPv6';
}

/**
 * The canonical text: four plain octets, or RFC 5952.
 *
 * @public
 */
export function formatIp(ip: IpAddress): string {
  if (isMapped(ip.bytes)) {
    return ip.bytes.slice(12).join('.');
  }
  const groups: string[] = [];
  for (let i = 0; i < ip.bytes.length; i += 2) {
    groups.push((ip.bytes[i] * 256 + ip.bytes[i + 1]).toString(16));
  }
  const run = longestZeroRun(groups);
  if (run.length < 2) {
    return groups.join(':');
  }
  const before = groups.slice(0, run.start).join(':');
  const after = groups.slice(run.start + run.length).join(':');
  return `${before}::${after}`;
}

function longestZeroRun(groups: string[]): { start: number; length: number } {
  let best = { start: 0, length: 0 };
  let start = 0;
  for (const [index, group] of groups.entries()) {
    if (group !== '0') {
      start = index + 1;
    } else if (index + 1 - start > best.length) {
      best = { start, length: index + 1 - start };
    }
  }
  return best;
}

/**
 * The canonical text of an address in any notation Kubernetes reads; undefined
 * when the text is no address.
 *
 * @public
 */
export function canonicalIp(text: string): string | undefined {
  const ip = parseIp(text);
  return ip && formatIp(ip);
}

/**
 * Ranges no endpoint may be in.
 *
 * @public
 */
export type SpecialRange =
  | 'unspecified'
  | 'loopback'
  | 'link-local'
  | 'link-local multicast';

/**
 * The range that keeps an address out of Endpoints, EndpointSlices and externalIPs.
 * Source: Kubernetes `core/validation` ValidateEndpointIP.
 *
 * @public
 */
export function specialRange(ip: IpAddress): SpecialRange | undefined {
  if (isMapped(ip.bytes)) {
    const [a, b, c, d] = ip.bytes.slice(12);
    if (a === 0 && b === 0 && c === 0 && d === 0) return 'unspecified';
    if (a === 127) return 'loopback';
    if (a === 169 && b === 254) return 'link-local';
    if (a === 224 && b === 0 && c === 0) return 'link-local multicast';
    return undefined;
  }
  const significant = ip.bytes.findIndex(byte => byte !== 0);
  if (significant === -1) return 'unspecified';
  if (significant === 15 && ip.bytes[15] === 1) return 'loopback';
  const [first, second] = ip.bytes;
  if (first === 0xfe && second >= 0x80 && second <= 0xbf) return 'link-local';
  if (first === 0xff && second % 16 === 2) return 'link-local multicast';
  return undefined;
}
