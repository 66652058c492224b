import { join } from 'node:path';
import { TYPESCRIPT } from './demoServices.mjs';
import { Problem } from './Problem.mjs';
import { start } from './processes.mjs';

/**
 * What the backend has to be started with to read the demo's clusters. Relative
 * to packages/backend, where it starts.
 */
export const CLUSTER_CONFIG = [
  '../../app-config.yaml',
  '../../app-config.clusters.yaml',
].flatMap(file => ['--config', file]);

/**
 * Starts the clusters of the demo, beside its Git host, and waits until they
 * run what the examples say.
 *
 * @returns the program, and the `folder` with a kubeconfig for each cluster
 */
export async function startDemoClusters({ root, logs, env }) {
  let ready;
  const isReady = new Promise(resolve => {
    ready = resolve;
  });
  const program = start(
    'node',
    [...TYPESCRIPT, 'packages/demo/src/clusters/main.ts'],
    {
      cwd: root,
      env,
      log: join(logs, 'clusters.log'),
      onLine: line => {
        const [, folder] = /^Clusters (\S+)$/.exec(line) ?? [];
        if (folder) {
          ready(folder);
        }
      },
    },
  );
  const folder = await Promise.race([
    isReady,
    program.ended.then(() => {
      throw new Problem(
        `${program.tail()}\n\nThe clusters did not start. Without --cluster the demo needs none.`,
      );
    }),
  ]);
  return { ...program, folder };
}
