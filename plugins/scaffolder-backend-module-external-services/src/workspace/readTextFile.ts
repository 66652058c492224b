import { InputError } from '@backstage/errors';
import { lstat, readFile } from 'node:fs/promises';
import { safePath } from './safePath';

/** Larger files are no hand-made manifests; reading them would block the portal. */
const MAX_FILE_BYTES = 256 * 1024;

/**
 * Reads a file of the fetched repository.
 *
 * @returns undefined when there is none
 * @throws InputError when it is a link, not a file, or too large
 * @internal
 */
export async function readTextFile(
  root: string,
  path: string,
): Promise<string | undefined> {
  const target = safePath(root, path, 'repositoryPath');
  const stats = await lstat(target).catch(ignoreMissing);
  if (!stats) {
    return undefined;
  }
  // A link could show the content of another file, or lead a later write elsewhere.
  if (!stats.isFile()) {
    throw new InputError(
      `${path} is not a plain file and is not read. Put a file in the place of the link, or choose another name or folder.`,
    );
  }
  if (stats.size > MAX_FILE_BYTES) {
    throw new InputError(
      `${path} has more than ${MAX_FILE_BYTES} bytes and is not read. Split it, or choose another name or folder.`,
    );
  }
  return readFile(target, 'utf8');
}

/** Takes "there is no such file" as an answer, and nothing else. */
export function ignoreMissing(error: NodeJS.ErrnoException): undefined {
  if (error.code === 'ENOENT' || error.code === 'ENOTDIR') {
    return undefined;
  }
  throw error;
}
