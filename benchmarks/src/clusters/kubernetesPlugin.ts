import { type ChildProcess, fork } from 'node:child_process';
import type { Figure } from '../Figure';
import { measureAsync, type Rounds } from '../measure';
import { benchFiles, DECLARING } from './benchFiles';
import { until } from './BenchPortal';
import type { LoadClient } from './LoadClient';
import { PortalClient } from './PortalClient';
import { isInSync } from './views';

/**
 * A view against the Kubernetes plugin of the same portal, asked for the same
 * entity on the same clusters. The portal is a process of its own for both.
 */
export async function kubernetesPluginFigures(
  load: LoadClient,
  counts: number[],
  objects: number,
  rounds: Rounds,
): Promise<Figure[]> {
  const figures: Figure[] = [];
  for (const count of counts) {
    const names = Array.from(
      { length: count },
      (_, index) => `beside-${count}-${index + 1}`,
    );
    await Promise.all(names.map(name => load.call('set', name, { objects })));
    const [child, portal] = await startPortal(load, names, objects);
    try {
      const ours = async () => portal.mappings(DECLARING);
      const theirs = async () =>
        portal.post(`/kubernetes/services/${DECLARING}`, {
          entity: {
            kind: 'Component',
            metadata: { namespace: 'default', name: DECLARING },
          },
          auth: {},
        });
      await until(async () => isInSync(await ours()));
      const { items } = JSON.parse(await theirs());
      if (items.length !== count) {
        throw new Error(`The Kubernetes plugin answers with ${items.length}`);
      }
      const [value, baseline] = await measureAsync([ours, theirs], rounds);
      figures.push({
        name: `a view with ${count === 1 ? '1 cluster' : `${count} clusters`}`,
        value,
        baseline: { name: 'the Kubernetes plugin', value: baseline },
        goal: { ratio: 1 },
      });
    } finally {
      child.disconnect();
    }
  }
  return figures;
}

function startPortal(
  load: LoadClient,
  names: string[],
  objects: number,
): Promise<[ChildProcess, PortalClient]> {
  const options = {
    clusters: Object.fromEntries(
      names.map(name => [name, `${load.url}/${name}`]),
    ),
    files: benchFiles(objects),
  };
  const child = fork(
    require.resolve('./portalProcess'),
    [JSON.stringify(options)],
    { execArgv: ['--require', '@backstage/cli/config/nodeTransform.cjs'] },
  );
  return new Promise((done, fail) => {
    child.on('message', ({ url }: { url?: string }) => {
      if (url) {
        PortalClient.signIn(url).then(portal => done([child, portal]), fail);
      }
    });
    child.once('exit', () => fail(new Error('The portal has ended')));
  });
}
