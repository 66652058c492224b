import type { JoinedMappings } from '../join/joinMappings';

/** Nothing is known to change by then; joining again mends what nobody thought of. */
const AT_LATEST_MS = 24 * 60 * 60_000;

/**
 * When joining would come to something else although nothing was written: the first
 * end of a grace. What gets too old is noticed by its source.
 *
 * @returns milliseconds from now
 * @internal
 */
export function nextLook({ items }: JoinedMappings, now: number): number {
  const ends = items
    .flatMap(({ lines }) => lines)
    .flatMap(({ clusters = [] }) => clusters)
    .flatMap(({ rollingOutUntil }) =>
      rollingOutUntil ? Date.parse(rollingOutUntil) : [],
    );
  const first = ends.reduce((a, b) => Math.min(a, b), now + AT_LATEST_MS);
  return Math.max(0, first - now);
}
