import { createHash } from 'node:crypto';
import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';

const NOT_CONTENT = new Set([
  'node_modules',
  'dist',
  'dist-types',
  'e2e-tests',
]);

function* filesBelow(path) {
  if (!statSync(path).isDirectory()) {
    yield path;
    return;
  }
  for (const name of readdirSync(path).sort()) {
    if (!NOT_CONTENT.has(name)) {
      yield* filesBelow(join(path, name));
    }
  }
}

/** A hash over names and content of files and folders; what is not there is left out. */
export function contentHash(root, paths) {
  const hash = createHash('sha256');
  for (const path of paths) {
    if (existsSync(join(root, path))) {
      for (const file of filesBelow(join(root, path))) {
        hash.update(`${file.slice(root.length)}\0`);
        hash.update(readFileSync(file));
        hash.update('\0');
      }
    }
  }
  return hash.digest('hex');
}
