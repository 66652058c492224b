import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';

/** The command line of a process, empty when there is none: an id alone may belong to somebody new. */
export function commandLineOf(pid: number): string {
  try {
    return readFileSync(`/proc/${pid}/cmdline`, 'utf8').replaceAll('\0', ' ');
  } catch {
    // Not Linux, or no such process: `ps` answers both.
    const { stdout } = spawnSync('ps', ['-o', 'args=', '-p', String(pid)]);
    return stdout?.toString().trim() ?? '';
  }
}
