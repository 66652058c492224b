import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { isRunning } from './isRunning.mjs';
import { Problem } from './Problem.mjs';

function pidIn(file) {
  try {
    return Number(readFileSync(file, 'utf8'));
  } catch {
    return undefined;
  }
}

/**
 * Keeps a second demo out of the same folder: two would write the same database.
 *
 * @throws Problem that names the process of the first
 */
export function onlyOnce(file) {
  const pid = pidIn(file);
  if (pid && pid !== process.pid && isRunning(pid)) {
    throw new Problem(
      `The demo runs already from this folder. Stop it with Ctrl-C where it was started, or here with: kill ${pid}`,
    );
  }
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(file, String(process.pid));
  process.on('exit', () => rmSync(file, { force: true }));
}
