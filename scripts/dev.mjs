import { spawn } from 'node:child_process';
import { join } from 'node:path';
import {
  demoPorts,
  startDemoServices,
  wantedPorts,
} from './lib/demoServices.mjs';
import { onlyOnce } from './lib/onlyOnce.mjs';
import { checkPorts } from './lib/ports.mjs';
import { Progress } from './lib/Progress.mjs';
import { stopOnSignals } from './lib/processes.mjs';
import { setUp, SET_UP_STEPS } from './lib/setUp.mjs';

// Relative to the folders of app and backend, where each of them starts.
const CONFIG = ['../../app-config.yaml', '../../app-config.dev.yaml'];

/** Starts app and backend so that both reload on change, with the demo's services. */
export async function startDevelopment({ root }) {
  const logs = join(root, '.demo/logs');
  const progress = new Progress(SET_UP_STEPS + 1);
  stopOnSignals();
  onlyOnce(join(root, '.demo/pid'));
  await checkPorts(wantedPorts(demoPorts(process.env)));
  const env = await setUp({ root, logs, progress });
  await progress.step('Start the Git host and the DNS server', () =>
    startDemoServices({ root, logs, env }),
  );
  // In the terminal's own process group, so that Ctrl-C reaches it directly.
  const child = spawn(
    'yarn',
    [
      'backstage-cli',
      'repo',
      'start',
      ...CONFIG.flatMap(file => ['--config', file]),
    ],
    { cwd: root, env, stdio: 'inherit' },
  );
  return new Promise(resolve => child.on('exit', code => resolve(code ?? 1)));
}
