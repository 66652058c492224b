import type { Figure } from '../Figure';
import { type BenchPortal, until } from './BenchPortal';
import type { LoadClient } from './LoadClient';

const STREAMS = 2;

/** How often a portal watches anew what ends, what is idle, and what was cut. */
export async function watchFigures(
  load: LoadClient,
  [idle, flapping]: [idle: string, flapping: string],
  seconds: number,
): Promise<Figure[]> {
  const watchesOf = async (cluster: string) =>
    (await load.call('counts', cluster)).watches;
  const before = [await watchesOf(idle), await watchesOf(flapping)];
  await load.call('set', flapping, { manner: 'flapping' });
  await new Promise(resolve => setTimeout(resolve, seconds * 1000));
  const after = [await watchesOf(idle), await watchesOf(flapping)];
  await load.call('set', flapping, { manner: 'steady' });

  await load.call('reset', idle);
  const start = performance.now();
  await until(async () => (await watchesOf(idle)) >= after[0] + STREAMS, 10);
  const back = performance.now() - start;
  return [
    {
      name: `watches a second of a stream that always ends, for ${seconds} s`,
      value: (after[1] - before[1]) / STREAMS / seconds,
      unit: 'a second',
      goal: { value: 1 },
    },
    {
      name: `watches of an idle cluster, in ${seconds} s`,
      value: after[0] - before[0],
      unit: 'watches',
      goal: { value: 0 },
    },
    {
      name: 'watching again after a reset',
      value: back,
      goal: { value: 2000 },
    },
  ];
}

/** Answers that are still under way once the portal has stopped. */
export async function leftFigure(
  load: LoadClient,
  portal: BenchPortal,
  clusters: string[],
): Promise<Figure> {
  await portal.stop();
  return {
    name: 'watches left after a stop',
    value: (await load.counts(clusters)).open,
    unit: 'watches',
    goal: { value: 0 },
  };
}
