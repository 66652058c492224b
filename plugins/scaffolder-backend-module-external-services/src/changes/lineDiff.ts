import { createPatch } from 'diff';

/** Lines shown around a change. */
const CONTEXT = 3;

/**
 * The changed lines of a file in unified form.
 *
 * @internal
 */
export function lineDiff(path: string, before: string, after: string): string {
  return createPatch(path, before, after, '', '', { context: CONTEXT })
    .split('\n')
    .filter(line => !/^(Index:|=+$)/.test(line))
    .join('\n')
    .trimEnd();
}
