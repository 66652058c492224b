import { parseIp } from '../kubernetes/ipAddress';
import { MAX_ENDPOINTS } from '../kubernetes/limits';

/** The addresses of one slice. */
interface AddressPart {
  /** What tells its name from those of the others; empty for the first. */
  suffix: string;
  addresses: string[];
}

/** Bits of an IPv6 address. */
const MAX_BITS = 128;

/**
 * Spreads the addresses of one family over slices: while there are more than
 * fit into one, they are parted by the last bit of the address, then by the one
 * before it, and so on. Where an address goes depends on the address and not on
 * its place in the list, so an address more or less changes one slice. A slice
 * that is full gives half of its addresses to a new one and keeps its name; the
 * others stay as they are.
 *
 * One address in place of another changes the slice of each, which may be the
 * same. No rule that looks at the addresses alone could promise more.
 */
export function splitAddresses(addresses: string[]): AddressPart[] {
  return part(
    addresses.map(text => ({ text, bytes: parseIp(text)?.bytes ?? [] })),
    '',
  );
}

interface Item {
  text: string;
  bytes: readonly number[];
}

/** `path` has the bits that the items share, the last bit of the address first. */
function part(items: Item[], path: string): AddressPart[] {
  if (items.length === 0) {
    return [];
  }
  // Different addresses part in the end; what is no address never does.
  if (items.length <= MAX_ENDPOINTS || path.length === MAX_BITS) {
    // A slice keeps its name when half of it moves out: `1`, `10` and `100` are one.
    const suffix = path.replace(/0+$/, '');
    return [{ suffix, addresses: items.map(({ text }) => text) }];
  }
  const bit = path.length;
  return [
    ...part(
      items.filter(item => !hasBit(item, bit)),
      `${path}0`,
    ),
    ...part(
      items.filter(item => hasBit(item, bit)),
      `${path}1`,
    ),
  ];
}

/** Whether a bit is set, counted from the end of the address. */
function hasBit({ bytes }: Item, bit: number): boolean {
  const byte = bytes[bytes.length - 1 - Math.floor(bit / 8)] ?? 0;
  return Math.floor(byte / 2 ** (bit % 8)) % 2 === 1;
}
