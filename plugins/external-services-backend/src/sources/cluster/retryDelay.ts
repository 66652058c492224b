const BASE_MS = 500;
const CAP_MS = 30_000;

/**
 * How long to wait before the next try: decorrelated jitter, from half a second
 * to half a minute, so that clients that failed together do not come back together.
 *
 * @param previousMs - what was returned the last time; 0 for the first failure
 * @param random - a number from 0 to 1
 * @internal
 */
export function retryDelay(
  previousMs: number,
  random: () => number = Math.random,
): number {
  const most = Math.max(BASE_MS, previousMs) * 3;
  return Math.min(CAP_MS, Math.round(BASE_MS + random() * (most - BASE_MS)));
}
