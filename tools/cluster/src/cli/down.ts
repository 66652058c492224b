import {
  isRunning,
  listInstances,
  removeLeftovers,
} from '../instances/Instance';
import { waitUntil } from '../process/waitUntil';
import { say } from './say';

const STOP_TIMEOUT_MS = 20_000;

/** `yarn cluster down`: stops what `yarn cluster up` started; nothing to stop is fine. */
export async function down(name: string): Promise<number> {
  const record = listInstances().find(each => each.name === name);
  if (!record) {
    say(`No control plane named ${name} is running.`);
    return 0;
  }
  if (!isRunning(record)) {
    removeLeftovers(record);
    say(`Removed what a crash left of ${name}.`);
    return 0;
  }
  if (record.startedBy !== 'up') {
    say(`${name} belongs to process ${record.owner} and ends with it.`);
    return 1;
  }
  process.kill(record.owner, 'SIGTERM');
  await waitUntil(() => !isRunning(record), {
    description: `process ${record.owner} to stop ${name}`,
    timeoutMs: STOP_TIMEOUT_MS,
  });
  say(`Stopped ${name}.`);
  return 0;
}
