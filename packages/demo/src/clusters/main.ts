import { resolve } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { GitRepositories } from '../git/GitRepositories';
import { readClusterExamples } from './ClusterExample';
import { DemoClusters } from './DemoClusters';

/** A merge is to be seen as "Rolling out" before the clusters have it. */
const DEPLOY_EVERY_MS = 10_000;

// Run at the root of the repository, beside the Git host.
const root = process.cwd();
const file = resolve(root, 'examples/clusters.yaml');
const repositories = new GitRepositories(resolve(root, '.demo/git'));
const say = (text: string) => process.stdout.write(`${text}\n`);

async function main(): Promise<void> {
  if (DemoClusters.advice) {
    throw new Error(DemoClusters.advice);
  }
  const examples = await readClusterExamples(file);
  const clusters = await DemoClusters.start(examples.map(({ name }) => name));
  const deploy = async () => {
    try {
      const current = await readClusterExamples(file);
      const refused = await clusters.deploy(repositories, current);
      refused.forEach(say);
    } catch (error) {
      say(`Nothing was deployed: ${(error as Error).message}`);
    }
  };
  const stop = async () => {
    await clusters.stop();
    process.exit(0);
  };
  process.once('SIGINT', stop);
  process.once('SIGTERM', stop);

  await deploy();
  say(`Clusters ${clusters.folder}`);
  for (;;) {
    await delay(DEPLOY_EVERY_MS);
    await deploy();
  }
}

main().catch(error => {
  process.stderr.write(`${error.message}\n`);
  process.exit(1);
});
