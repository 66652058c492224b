import { ChildProcess, spawn } from 'node:child_process';

/**
 * Waits until its input ends, which happens when its owner closes it or dies, then ends what
 * the owner left running and removes the directory. It ignores the signals of a terminal.
 */
const SCRIPT = `
trap '' HUP INT QUIT TERM
read -r _
for file in "$1"/pids/*; do
  [ -f "$file" ] && kill -9 "$(cat "$file")" 2>/dev/null
done
tries=0
until rm -rf -- "$1" 2>/dev/null || [ "$tries" = 50 ]; do
  tries=$((tries + 1))
  sleep 0.1
done
`;

/**
 * Sees to it that nothing outlives this process, even when it is killed: a directory, and the
 * processes whose ids are in its `pids` folder, end with it.
 */
export class Leash {
  /** Holds `directory` until {@link Leash.release} or the end of this process. */
  static hold(directory: string): Leash {
    const child = spawn('sh', ['-c', SCRIPT, 'leash', directory], {
      detached: true,
      stdio: ['pipe', 'ignore', 'ignore'],
      cwd: '/',
    });
    child.unref();
    return new Leash(child);
  }

  private readonly ended: Promise<void>;

  private constructor(private readonly child: ChildProcess) {
    this.ended = new Promise((resolve, reject) => {
      child.once('exit', () => resolve());
      child.once('error', reject);
    });
    // Told to whoever releases it; without a listener Node would end the process.
    this.ended.catch(() => {});
  }

  get pid(): number | undefined {
    return this.child.pid;
  }

  /** Lets go: returns when the directory and all that ran in it are gone. */
  async release(): Promise<void> {
    this.child.ref();
    this.child.stdin?.end();
    await this.ended;
  }
}
