const BASE_MS = 5_000;
const JITTER = 0.2;

/**
 * How long to wait after a number of failures in a row: doubles each time from
 * 5 s up to `maxMs`, with 20 % jitter so that replicas do not march in step.
 *
 * @param random - a number from 0 to 1
 * @internal
 */
export function backOff(
  failures: number,
  maxMs: number,
  random: () => number = Math.random,
): number {
  const exponent = Math.max(0, Math.min(failures - 1, 20));
  return spread(Math.min(BASE_MS * 2 ** exponent, maxMs), JITTER, random);
}

/**
 * A time, give or take a part of it.
 *
 * @internal
 */
export function spread(
  milliseconds: number,
  part: number,
  random: () => number = Math.random,
): number {
  return Math.round(milliseconds * (1 + part * (2 * random() - 1)));
}
