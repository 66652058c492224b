import fc from 'fast-check';
import { canonicalIp } from '../kubernetes/ipAddress';

/**
 * Lists of about as many addresses as fill a slice or a few, of one family, in
 * any order: as networks hand them out, in steps, so that many share their last bits.
 */
export function manyAddresses(
  size: { min: number; max: number } = { min: 990, max: 2_900 },
): fc.Arbitrary<string[]> {
  return fc
    .record({
      family: fc.constantFrom(4, 6),
      first: fc.integer({ min: 1, max: 2 ** 20 }),
      step: fc.constantFrom(1, 2, 3, 64, 2 ** 10),
      count: fc.oneof(fc.constantFrom(999, 1000, 1001), fc.integer(size)),
      turn: fc.nat(),
    })
    .map(({ family, first, step, count, turn }) => {
      const all = Array.from({ length: count }, (_, index) =>
        addressOf(family, first + index * step),
      );
      const start = turn % count;
      return [...all.slice(start), ...all.slice(0, start)];
    });
}

function addressOf(family: number, number: number): string {
  const [a, b, c] = [number >>> 16, (number >>> 8) % 256, number % 256];
  return family === 4
    ? `10.${a}.${b}.${c}`
    : canonicalIp(`2001:db8::${a.toString(16)}:${(b * 256 + c).toString(16)}`)!;
}
