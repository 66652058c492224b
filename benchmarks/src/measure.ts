/** How often something is measured. */
export interface Rounds {
  /** Rounds that do not count. */
  warmUp: number;
  /** Rounds whose median counts. */
  counted: number;
}

/**
 * Milliseconds that each action takes, the median of several rounds. The
 * actions take turns, so that what else the machine does falls on all of them.
 */
export function measure(
  actions: (() => unknown)[],
  { warmUp, counted }: Rounds,
): number[] {
  const times = actions.map((): number[] => []);
  for (let round = 0; round < warmUp + counted; round++) {
    actions.forEach((action, index) => {
      const start = performance.now();
      action();
      const time = performance.now() - start;
      if (round >= warmUp) {
        times[index].push(time);
      }
    });
  }
  return times.map(median);
}

/** As {@link measure}, one after the other, each to its end. */
export async function measureAsync(
  actions: (() => Promise<unknown>)[],
  { warmUp, counted }: Rounds,
): Promise<number[]> {
  const times = actions.map((): number[] => []);
  for (let round = 0; round < warmUp + counted; round++) {
    for (const [index, action] of actions.entries()) {
      const start = performance.now();
      await action();
      const time = performance.now() - start;
      if (round >= warmUp) {
        times[index].push(time);
      }
    }
  }
  return times.map(median);
}

/** The middle one, or the mean of the two in the middle. */
export function median(numbers: number[]): number {
  const sorted = [...numbers].sort((a, b) => a - b);
  const middle = Math.floor(sorted.length / 2);
  return sorted.length % 2 === 1
    ? sorted[middle]
    : (sorted[middle - 1] + sorted[middle]) / 2;
}
