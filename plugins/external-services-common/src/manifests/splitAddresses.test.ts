import fc from 'fast-check';
import { manyAddresses } from '../__testUtils__/manyAddresses';
import { splitAddresses } from './splitAddresses';

const NEW = ['192.0.2.1', '192.0.2.2', '2001:db8:1::ff', '2001:db8:1::100'];
const newAddress = fc.constantFrom(...NEW);

/** The slices as a cluster sees them: by name, in no order. */
function slicesOf(addresses: string[]): Set<string> {
  return new Set(
    splitAddresses(addresses).map(part =>
      JSON.stringify([part.suffix, [...part.addresses].sort()]),
    ),
  );
}

const sizes = (addresses: string[]) =>
  splitAddresses(addresses).map(part => part.addresses.length);

const without = (all: Set<string>, other: Set<string>) =>
  [...all].filter(slice => !other.has(slice));

const range = (count: number, step = 1) =>
  Array.from({ length: count }, (_, index) => {
    const number = index * step;
    return `10.${number >> 16}.${(number >> 8) % 256}.${number % 256}`;
  });

describe('splitAddresses', () => {
  it.each([
    [0, []],
    [1, [1]],
    [101, [101]],
    [1000, [1000]],
    [1001, [501, 500]],
    [3000, [750, 750, 750, 750]],
  ])('spreads %i addresses over slices of %j', (count, expected) => {
    expect(sizes(range(count))).toEqual(expected);
  });

  it('names the first slice as if it were the only one', () => {
    const names = (count: number) =>
      splitAddresses(range(count)).map(({ suffix }) => suffix);
    expect(names(1000)).toEqual(['']);
    expect(names(2000)).toEqual(['', '1']);
    expect(names(3000)).toEqual(['', '01', '1', '11']);
  });

  it('has each address once, at most 1000 in a slice, each under its own name', () => {
    fc.assert(
      fc.property(manyAddresses(), addresses => {
        const parts = splitAddresses(addresses);
        expect(parts.flatMap(part => part.addresses).sort()).toEqual(
          [...addresses].sort(),
        );
        expect(Math.max(...sizes(addresses))).toBeLessThanOrEqual(1000);
        expect(new Set(parts.map(({ suffix }) => suffix)).size).toBe(
          parts.length,
        );
      }),
      { numRuns: 50 },
    );
  });

  it('splits the same whatever the order', () => {
    fc.assert(
      fc.property(manyAddresses(), addresses => {
        expect(slicesOf([...addresses].reverse())).toEqual(slicesOf(addresses));
      }),
      { numRuns: 20 },
    );
  });

  it('changes one slice for an address more, and the same one for an address less', () => {
    fc.assert(
      fc.property(manyAddresses(), newAddress, (addresses, added) => {
        const before = slicesOf(addresses);
        const after = slicesOf([...addresses, added]);
        const changed = without(before, after);
        expect(changed.length).toBeLessThanOrEqual(1);
        // Only a slice that was full hands addresses to new ones.
        const mayPart = sizes(addresses).includes(1000);
        expect(mayPart || without(after, before).length === 1).toBe(true);
      }),
      { numRuns: 50 },
    );
  });

  it('changes the slice of each for one address in place of another', () => {
    fc.assert(
      fc.property(
        manyAddresses({ min: 1_002, max: 1_990 }),
        newAddress,
        fc.nat(),
        (addresses, added, at) => {
          const replaced = [...addresses];
          replaced[at % addresses.length] = added;
          const [before, after] = [slicesOf(addresses), slicesOf(replaced)];
          expect(without(before, after).length).toBeLessThanOrEqual(2);
          expect(without(after, before).length).toBeLessThanOrEqual(2);
        },
      ),
      { numRuns: 50 },
    );
  });

  it('ends for texts that are no addresses', () => {
    const texts = Array.from({ length: 1001 }, (_, index) => `no-${index}`);
    expect(sizes(texts)).toEqual([1001]);
  });
});
