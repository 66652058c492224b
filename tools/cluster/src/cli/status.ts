import { findBinaries } from '../binaries/findBinaries';
import { isRunning, listInstances } from '../instances/Instance';
import { describeInstance } from './describeInstance';
import { say } from './say';

/** `yarn cluster status`: ends with 0 when something runs, with 3 when nothing does, as service managers do. */
export async function status(): Promise<number> {
  const records = listInstances();
  const running = records.filter(isRunning);
  for (const record of running) say(describeInstance(record));
  for (const record of records.filter(each => !isRunning(each))) {
    say(
      `${record.name}: left by a crash in ${record.directory}; ` +
        `remove it with: yarn cluster down --name ${record.name}`,
    );
  }
  if (records.length === 0) say('No control plane is running.');

  const { advice, paths } = findBinaries();
  say(advice || `Programs: ${Object.values(paths).join(', ')}`);
  return running.length > 0 ? 0 : 3;
}
