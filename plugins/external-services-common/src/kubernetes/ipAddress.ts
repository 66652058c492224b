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
  return part && { bytes: part.bytes, notation: 'IPv4', strict: part.strict };
}

interface Part {
  bytes: number[];
  strict: boolean;
}

const DOT = 46;
const ZERO = 48;
const NINE = 57;
const COLON = 58;
const LETTER_A = 97;
const LETTER_F = 102;

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

/** Groups between colons; those behind `::` may end in an IPv4 address. */
function parseGroups(text: string, mayEndInIpv4: boolean): Part | undefined {
  const bytes: number[] = [];
  let strict = true;
  let digits = 0;
  let group = 0;
  for (let i = 0; i <= text.length && text !== ''; i++) {
    const code = text.charCodeAt(i);
    const digit = hexDigit(code);
    if (digit >= 0) {
      digits += 1;
      group = group * 16 + digit;
    } else if ((code === COLON || i === text.length) && digits > 0) {
      bytes.push(group >> 8, group & 0xff);
      strict &&= digits <= 4;
      digits = 0;
      group = 0;
    } else if (code === DOT && mayEndInIpv4) {
      const tail = parseIpv4(text.slice(i - digits), bytes);
      return tail && { bytes, strict: strict && tail.strict };
    } else {
      return undefined;
    }
    if (group > 0xffff) {
      return undefined;
    }
  }
  return { bytes, strict };
}

function hexDigit(code: number): number {
  if (code >= ZERO && code <= NINE) {
    return code - ZERO;
  }
  const lower = code | 0x20;
  return lower >= LETTER_A && lower <= LETTER_F ? lower - LETTER_A + 10 : -1;
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
