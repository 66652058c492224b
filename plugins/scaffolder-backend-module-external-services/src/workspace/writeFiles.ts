import { InputError } from '@backstage/errors';
import { randomUUID } from 'node:crypto';
import { lstat, mkdir, rename, rm, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { safePath } from './safePath';

/**
 * Writes files below a folder, all of them or none.
 *
 * Each is written beside its place under a name nobody can guess and then moved
 * there, so that there is never half a file, and a link in its place is
 * replaced instead of followed.
 *
 * @throws InputError when a path leads out of the folder, or is a folder
 * @internal
 */
export async function writeFiles(
  root: string,
  files: { path: string; content: string }[],
): Promise<void> {
  await mkdir(root, { recursive: true });
  const moves: { from: string; to: string }[] = [];
  try {
    for (const { path, content } of files) {
      const folder = dirname(safePath(root, path, 'outputPath'));
      await mkdir(folder, { recursive: true });
      // Checked again: the folders exist now, and one could have become a link.
      const to = safePath(root, path, 'outputPath');
      await refuseFolder(to, path);
      const from = join(dirname(to), `.${randomUUID()}.tmp`);
      moves.push({ from, to });
      await writeFile(from, content, { flag: 'wx' });
    }
    for (const { from, to } of moves) {
      await rename(from, to);
    }
  } finally {
    await Promise.all(moves.map(({ from }) => rm(from, { force: true })));
  }
}

/** Nothing can be moved there, and the files before it would be there already. */
async function refuseFolder(target: string, path: string): Promise<void> {
  const stats = await lstat(target).catch(() => undefined);
  if (stats?.isDirectory()) {
    throw new InputError(
      `${path} is a folder, and a file is to be written there. Choose another name or folder.`,
    );
  }
}
