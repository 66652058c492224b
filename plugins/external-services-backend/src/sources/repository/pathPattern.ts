import { posix } from 'node:path';

/** Longer than any path that is kept. */
const MAX_JOINED_LENGTH = 1_000;

/**
 * Joins a pattern to the folder it is relative to. A leading slash means the
 * root of the repository.
 *
 * @returns undefined when the pattern leads out of the repository, or is too long for
 * any path in it
 * @internal
 */
export function joinPattern(
  folder: string,
  pattern: string,
): string | undefined {
  if (folder.length + pattern.length > MAX_JOINED_LENGTH) {
    return undefined;
  }
  const joined = posix.normalize(
    pattern.startsWith('/') ? pattern.slice(1) : posix.join(folder, pattern),
  );
  // Nothing outside of the repository is ever asked for.
  if (joined === '..' || joined.startsWith('../') || joined.startsWith('/')) {
    return undefined;
  }
  return joined === '.' ? '' : joined.replace(/\/+$/, '');
}
