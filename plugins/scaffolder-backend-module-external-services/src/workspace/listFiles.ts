import { readdir } from 'node:fs/promises';
import { posix } from 'node:path';
import { ignoreMissing } from './readTextFile';
import { safePath } from './safePath';

const YAML_FILE = /\.(?:ya?ml|json)$/i;
const SKIPPED_FOLDERS = ['.git', 'node_modules'];

/** Bounds the walk through a repository that somebody else wrote. */
const MAX_ENTRIES = 20_000;

/**
 * Lists YAML and JSON files below a folder of the fetched repository, sorted,
 * links left out.
 *
 * @returns paths relative to the root; none when there is no such folder
 * @internal
 */
export async function listFiles(
  root: string,
  folder: string,
): Promise<string[]> {
  const files: string[] = [];
  const folders = [folder];
  let seen = 0;
  for (let next = folders.pop(); next !== undefined; next = folders.pop()) {
    const target = safePath(root, next || '.', 'repositoryPath');
    const entries =
      (await readdir(target, { withFileTypes: true }).catch(ignoreMissing)) ??
      [];
    seen += entries.length;
    if (seen > MAX_ENTRIES) {
      break;
    }
    for (const entry of entries) {
      const path = posix.join(next, entry.name);
      if (entry.isDirectory() && !SKIPPED_FOLDERS.includes(entry.name)) {
        folders.push(path);
      } else if (entry.isFile() && YAML_FILE.test(entry.name)) {
        files.push(path);
      }
    }
  }
  return files.sort();
}
