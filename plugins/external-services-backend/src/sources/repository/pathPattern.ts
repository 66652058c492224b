import {
  isPathGlob,
  pathGlob,
} from '@external-services/backstage-plugin-external-services-common';
import { posix } from 'node:path';

const MANIFEST_FILE = /\.(?:ya?ml|json)$/i;

/**
 * Joins a pattern to the folder it is relative to. A leading slash means the
 * root of the repository.
 *
 * @returns undefined when the pattern leads out of the repository
 * @internal
 */
export function joinPattern(
  folder: string,
  pattern: string,
): string | undefined {
  const joined = posix.normalize(
    pattern.startsWith('/') ? pattern.slice(1) : posix.join(folder, pattern),
  );
  // Nothing outside of the repository is ever asked for.
  if (joined === '..' || joined.startsWith('../') || joined.startsWith('/')) {
    return undefined;
  }
  return joined === '.' ? '' : joined.replace(/\/+$/, '');
}

/**
 * Makes a test for paths below the repository's root. A file matches itself, a
 * folder all manifests in it, a glob the manifests it describes.
 *
 * @internal
 */
export function pathMatcher(pattern: string): (path: string) => boolean {
  if (!isPathGlob(pattern)) {
    const folder = pattern === '' ? '' : `${pattern}/`;
    return path =>
      path === pattern || (path.startsWith(folder) && MANIFEST_FILE.test(path));
  }
  const matches = pathGlob(pattern);
  return path => MANIFEST_FILE.test(path) && matches(path);
}
