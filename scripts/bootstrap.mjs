// `npm start` and `npm test` on a machine with git, Node 18 or newer and npm:
// plain JavaScript that needs nothing installed.
import { spawnSync } from 'node:child_process';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { Problem } from './lib/Problem.mjs';
import { Progress } from './lib/Progress.mjs';
import { stopAll, stopOnSignals } from './lib/processes.mjs';
import { setUp, SET_UP_STEPS } from './lib/setUp.mjs';

const root = dirname(dirname(fileURLToPath(import.meta.url)));
const [command, ...args] = process.argv.slice(2);

/** Sets up, then runs Yarn with what is left of the command line. */
async function runYarn() {
  stopOnSignals();
  const progress = new Progress(SET_UP_STEPS);
  const env = await setUp({ root, logs: join(root, '.demo/logs'), progress });
  const { status } = spawnSync('yarn', args, {
    cwd: root,
    env,
    stdio: 'inherit',
  });
  return status ?? 1;
}

const COMMANDS = {
  start: async () => (await import('./start.mjs')).startPortal({ root, args }),
  dev: async () => (await import('./dev.mjs')).startDevelopment({ root }),
  test: async () => (await import('./test.mjs')).runTests({ root, args }),
  adopt: async () => (await import('./adopt.mjs')).adopt({ root, args }),
  yarn: runYarn,
};

try {
  if (!COMMANDS[command]) {
    throw new Problem(`Use one of: ${Object.keys(COMMANDS).join(', ')}`);
  }
  process.exitCode = await COMMANDS[command]();
} catch (error) {
  const text = error instanceof Problem ? error.message : error.stack;
  process.stderr.write(`\n${text}\n`);
  process.exitCode = 1;
}
await stopAll();
process.exit();
