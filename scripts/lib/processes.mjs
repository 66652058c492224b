import { spawn } from 'node:child_process';
import { createWriteStream, mkdirSync, readFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { keepInBackground } from './keepInBackground.mjs';
import { Problem } from './Problem.mjs';

const STOP_MS = 5_000;
const TAIL_LINES = 40;

const running = new Set();

/** Once everything is being stopped, nobody is told of an end any more. */
let stopping = false;

/** Each child leads a process group of its own, so that its children end with it. */
function signalGroup(child, signal) {
  try {
    process.kill(-child.pid, signal);
  } catch (error) {
    if (error.code !== 'ESRCH') {
      throw error;
    }
  }
}

/** Ends one child and everything it started. */
async function stop(child) {
  if (!running.has(child)) {
    return;
  }
  const ended = new Promise(resolve => child.once('exit', resolve));
  signalGroup(child, 'SIGTERM');
  const timer = setTimeout(() => signalGroup(child, 'SIGKILL'), STOP_MS);
  await ended;
  clearTimeout(timer);
}

/** Ends everything that was started. */
export async function stopAll() {
  await Promise.all([...running].map(stop));
}

// A process that ends in any other way takes its children along too.
process.on('exit', () => {
  for (const child of running) {
    signalGroup(child, 'SIGKILL');
  }
});

/** Calls `onStop` once for Ctrl-C and the like, ends everything, then this process. */
export function stopOnSignals(onStop = () => {}) {
  for (const [signal, number] of [
    ['SIGINT', 2],
    ['SIGTERM', 15],
    ['SIGHUP', 1],
  ]) {
    process.on(signal, async () => {
      if (stopping) {
        return;
      }
      stopping = true;
      onStop();
      await stopAll();
      process.exit(128 + number);
    });
  }
}

/**
 * Starts a program whose output goes to a file.
 *
 * @param options - `log`: the file; `onLine`: also gets each line; `background`: only gets what others leave of the processors; `uid`, `gid`, `cwd`, `env` as in Node
 * @returns the child, `ended` (its exit code), `stop` and `tail` (the end of its log)
 */
export function start(command, args, options) {
  const { log, onLine, background, ...rest } = options;
  mkdirSync(dirname(log), { recursive: true });
  const file = createWriteStream(log);
  const child = spawn(command, args, {
    ...rest,
    detached: true,
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  running.add(child);
  if (background && child.pid) {
    keepInBackground(child.pid);
  }
  for (const stream of [child.stdout, child.stderr]) {
    stream.on('data', chunk => {
      file.write(chunk);
      if (onLine) {
        const lines = chunk
          .toString()
          .split('\n')
          .filter(line => line.trim());
        lines.forEach(line => onLine(line));
      }
    });
  }
  const ended = new Promise((resolve, reject) => {
    child.on('error', error => {
      running.delete(child);
      const problem = `${command} could not be started: ${error.message}`;
      // The log is still being opened; whoever is told may remove its folder.
      file.end(() => reject(new Problem(problem)));
    });
    child.on('exit', () => running.delete(child));
    child.on('close', code => {
      file.end(() => {
        if (!stopping) {
          resolve(code);
        }
      });
    });
  });
  // Who does not wait for the end need not care how it came.
  ended.catch(() => {});
  const tail = () =>
    readFileSync(log, 'utf8')
      .trimEnd()
      .split('\n')
      .slice(-TAIL_LINES)
      .join('\n');
  return { child, ended, tail, stop: () => stop(child) };
}

/**
 * Runs a program to its end.
 *
 * @throws Problem with the end of its output when it fails
 */
export async function run(command, args, options) {
  const program = start(command, args, options);
  const code = await program.ended;
  if (code !== 0) {
    const name = [command, ...args].join(' ');
    throw new Problem(
      `${program.tail()}\n\n"${name}" failed (${
        code ?? 'killed'
      }). All of its output: ${options.log}`,
    );
  }
}
