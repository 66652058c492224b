import { randomUUID } from 'node:crypto';
import { mkdir, rename, rm, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { safePath } from './safePath';

/**
 * Writes files below a folder, all of them or none.
 *
 * Each is written beside its place under a name nobody can guess and then moved
 * there, so that there is never half a file, and a link in its place is
 * replaced instead of followed.
 *
 * @throws InputError when a path leads out of the folder
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
