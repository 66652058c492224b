import { ChildProcess, spawn } from 'node:child_process';
import {
  closeSync,
  mkdirSync,
  openSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import path from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';

/** Options of {@link ServerProcess.start}. */
export interface ServerProcessOptions {
  name: string;
  command: string;
  args: string[];
  /** Where `logs/<name>.log` and `pids/<name>` are written. */
  directory: string;
}

/**
 * A server that runs beside us, with its output in a log file and its process id in a file
 * for the {@link Leash}.
 */
export class ServerProcess {
  /** Resolves with how it ended, in words. */
  readonly ended: Promise<string>;

  static start(options: ServerProcessOptions): ServerProcess {
    const { name, command, args, directory } = options;
    const logFile = path.join(directory, 'logs', `${name}.log`);
    const pidFile = path.join(directory, 'pids', name);
    mkdirSync(path.dirname(logFile), { recursive: true });
    mkdirSync(path.dirname(pidFile), { recursive: true });

    const log = openSync(logFile, 'a');
    const child = spawn(command, args, {
      // A process group of its own: Ctrl-C in the terminal reaches us, and we stop it in order.
      detached: true,
      stdio: ['ignore', log, log],
      cwd: directory,
    });
    closeSync(log);
    child.unref();
    if (child.pid) writeFileSync(pidFile, String(child.pid));
    return new ServerProcess(name, child, logFile, pidFile);
  }

  private constructor(
    readonly name: string,
    private readonly child: ChildProcess,
    private readonly logFile: string,
    pidFile: string,
  ) {
    this.ended = new Promise<string>(resolve => {
      child.once('error', error => resolve(error.message));
      child.once('exit', (code, signal) => resolve(signal ?? `code ${code}`));
    }).then(how => {
      rmSync(pidFile, { force: true });
      return how;
    });
  }

  get pid(): number | undefined {
    return this.child.pid;
  }

  get isRunning(): boolean {
    const { pid, exitCode, signalCode } = this.child;
    return pid !== undefined && exitCode === null && signalCode === null;
  }

  /** Asks it to end, and ends it when it has not after `graceMs` (0: at once). */
  async stop(graceMs: number): Promise<void> {
    if (!this.isRunning) return;
    this.child.ref();
    if (graceMs > 0) {
      this.child.kill('SIGTERM');
      const patience = new AbortController();
      await Promise.race([
        this.ended,
        delay(graceMs, undefined, { signal: patience.signal }).catch(() => {}),
      ]);
      patience.abort();
    }
    this.child.kill('SIGKILL');
    await this.ended;
  }

  /** The end of its log, for error messages. */
  lastLines(count = 15): string {
    return readFileSync(this.logFile, 'utf8')
      .trimEnd()
      .split('\n')
      .slice(-count)
      .join('\n');
  }
}
