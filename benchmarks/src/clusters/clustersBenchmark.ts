import type { Figure } from '../Figure';
import type { Rounds } from '../measure';
import { eventFigure } from './events';
import { firstListFigures } from './firstList';
import { kubernetesPluginFigures } from './kubernetesPlugin';
import { LoadClient } from './LoadClient';
import { portalOf } from './portalOf';
import { viewFigures } from './views';
import { leftFigure, watchFigures } from './watches';

/** How much is measured. */
export interface Size {
  /** Services of each cluster, and as many slices. At least 600. */
  objects: number;
  /** Numbers of clusters, from few to many. */
  clusters: number[];
  /** Those beside the Kubernetes plugin. */
  besidePlugin: number[];
  views: Rounds;
  /** Times that everything is listed. */
  lists: number;
  events: number;
  /** For how long a server flaps. */
  flapping: number;
}

/** What `yarn bench clusters` measures. */
export const FULL_SIZE: Size = {
  objects: 10_000,
  clusters: [1, 10, 20],
  besidePlugin: [1, 20],
  views: { warmUp: 20, counted: 150 },
  lists: 5,
  events: 2_000,
  flapping: 60,
};

/** What clusters cost a portal, and what a portal costs clusters. */
export async function clustersBenchmark({
  objects,
  clusters,
  besidePlugin,
  views,
  lists,
  events,
  flapping,
}: Size): Promise<Figure[]> {
  const load = await LoadClient.start();
  try {
    const names = ['first', 'second', 'third'];
    const portal = await portalOf(load, names, {
      now: 0,
      declared: objects,
    });
    const [first, second, third] = names;
    const figures = [
      ...(await firstListFigures(load, portal, first, objects, lists)),
      await eventFigure(load, portal, first, events),
      ...(await watchFigures(load, [second, third], flapping)),
      await leftFigure(load, portal, names),
    ];
    return [
      ...(await viewFigures(load, clusters, objects, views)),
      ...(await kubernetesPluginFigures(load, besidePlugin, objects, views)),
      ...figures,
    ];
  } finally {
    load.stop();
  }
}
