/** One step from an old list to a new one, in the order of the new one. */
export type AlignedItem =
  | { kind: 'keep'; from: number; to: number }
  | { kind: 'change'; from: number; to: number }
  | { kind: 'delete'; from: number }
  | { kind: 'insert'; to: number };

/** How items are compared: `key` by all they say, `name` by what they are called, if anything. */
export interface Comparable {
  key: string;
  name?: string;
}

/**
 * The way from an old list to a new one that leaves most items alone: equal
 * items stay, others change in place where they have the same name or stand at
 * the same place between those that stay, and only the rest comes and goes.
 * Time n log n.
 */
export function alignItems(
  before: Comparable[],
  after: Comparable[],
): AlignedItem[] {
  const steps: AlignedItem[] = [];
  const whole = { from: 0, fromEnd: before.length, to: 0, toEnd: after.length };
  split(before, after, whole, ({ key }) => key, {
    anchor: (from, to) => steps.push({ kind: 'keep', from, to }),
    gap: outer =>
      split(before, after, outer, ({ name }) => name, {
        anchor: (from, to) => steps.push({ kind: 'change', from, to }),
        gap: inner => steps.push(...pairInOrder(inner)),
      }),
  });
  return steps;
}

interface Gap {
  from: number;
  fromEnd: number;
  to: number;
  toEnd: number;
}

interface Parts {
  anchor(from: number, to: number): void;
  gap(gap: Gap): void;
}

/** Splits a gap at the longest chain of items that are the same in both lists. */
function split(
  before: Comparable[],
  after: Comparable[],
  { from, fromEnd, to, toEnd }: Gap,
  same: (item: Comparable) => string | undefined,
  parts: Parts,
): void {
  const places = new Map<string, number[]>();
  for (let i = from; i < fromEnd; i++) {
    const key = same(before[i]);
    if (key !== undefined) {
      const known = places.get(key);
      if (known) {
        known.push(i);
      } else {
        places.set(key, [i]);
      }
    }
  }
  const used = new Map<string, number>();
  const pairs: { from: number; to: number }[] = [];
  for (let j = to; j < toEnd; j++) {
    const key = same(after[j]) ?? '';
    const count = used.get(key) ?? 0;
    const place = places.get(key)?.[count];
    if (place !== undefined) {
      used.set(key, count + 1);
      pairs.push({ from: place, to: j });
    }
  }
  let nextFrom = from;
  let nextTo = to;
  for (const pair of longestRise(pairs)) {
    const gap = {
      from: nextFrom,
      fromEnd: pair.from,
      to: nextTo,
      toEnd: pair.to,
    };
    parts.gap(gap);
    parts.anchor(pair.from, pair.to);
    nextFrom = pair.from + 1;
    nextTo = pair.to + 1;
  }
  parts.gap({ from: nextFrom, fromEnd, to: nextTo, toEnd });
}

/** The longest chain whose `from` rises; `to` rises already. */
function longestRise<T extends { from: number }>(pairs: T[]): T[] {
  const tails: number[] = [];
  const previous: number[] = [];
  for (const [index, { from }] of pairs.entries()) {
    let low = 0;
    let high = tails.length;
    while (low < high) {
      const middle = Math.floor((low + high) / 2);
      if (pairs[tails[middle]].from < from) {
        low = middle + 1;
      } else {
        high = middle;
      }
    }
    previous[index] = low > 0 ? tails[low - 1] : -1;
    tails[low] = index;
  }
  const chain: T[] = [];
  for (let i = tails.at(-1) ?? -1; i >= 0; i = previous[i]) {
    chain.push(pairs[i]);
  }
  return chain.reverse();
}

function pairInOrder({ from, fromEnd, to, toEnd }: Gap): AlignedItem[] {
  const pairs = Math.min(fromEnd - from, toEnd - to);
  const steps: AlignedItem[] = [];
  for (let i = 0; i < pairs; i++) {
    steps.push({ kind: 'change', from: from + i, to: to + i });
  }
  for (let i = from + pairs; i < fromEnd; i++) {
    steps.push({ kind: 'delete', from: i });
  }
  for (let j = to + pairs; j < toEnd; j++) {
    steps.push({ kind: 'insert', to: j });
  }
  return steps;
}
