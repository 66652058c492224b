import type { Figure } from '../Figure';
import { measureAsync, type Rounds } from '../measure';
import { DECLARING } from './benchFiles';
import { type BenchPortal, until } from './BenchPortal';
import type { LoadClient } from './LoadClient';
import { portalOf } from './portalOf';

/** Not above what is said of the same without it, but for what clocks do. */
const SAME = 1.2;

const clusterNames = (prefix: string, count: number) =>
  Array.from({ length: count }, (_, index) => `${prefix}-${index + 1}`);

const clustersOf = (count: number) =>
  count === 1 ? '1 cluster' : `${count} clusters`;

/**
 * What a view costs: against the least that it can cost, with few clusters and
 * with many, with one of them hung, and what API servers notice of it.
 */
export async function viewFigures(
  load: LoadClient,
  counts: number[],
  objects: number,
  rounds: Rounds,
): Promise<Figure[]> {
  const portals: BenchPortal[] = [];
  const most = counts[counts.length - 1];
  const names = [
    ...counts.map(count => clusterNames(`of-${count}`, count)),
    clusterNames('one-hung-of', most),
  ];
  try {
    for (const some of names) {
      portals.push(await startPortal(load, some, objects));
    }
    const [hung] = names[counts.length];
    await load.call('set', hung, { manner: 'hung' });
    const asked = names.flat().filter(name => name !== hung);
    const before = await load.counts(asked);
    const times = await measureAsync(
      portals.flatMap(portal => [
        () => portal.mappings(DECLARING),
        () => portal.static(DECLARING),
      ]),
      rounds,
    );
    const after = await load.counts(asked);
    const views = (rounds.warmUp + rounds.counted) * portals.length;
    const timeOf = (portal: number) => times[2 * portal];
    return [
      {
        name: `requests to API servers for ${views} views`,
        value: after.requests - before.requests,
        unit: 'requests',
        goal: { value: 0 },
      },
      ...counts.map((count, index) => ({
        name: `a view with ${clustersOf(count)}`,
        value: timeOf(index),
        baseline: { name: 'a static answer', value: times[2 * index + 1] },
        goal: { ratio: 1.5 },
      })),
      {
        name: `a view with ${clustersOf(most)}`,
        value: timeOf(counts.length - 1),
        baseline: { name: `with ${clustersOf(counts[0])}`, value: timeOf(0) },
        goal: { ratio: SAME },
      },
      {
        name: `a view with one of ${clustersOf(most)} hung`,
        value: timeOf(counts.length),
        baseline: { name: 'with none hung', value: timeOf(counts.length - 1) },
        goal: { ratio: SAME },
      },
    ];
  } finally {
    await Promise.all(portals.map(portal => portal.stop()));
  }
}

/** A portal that has read its clusters, and whose static answer is as long as the true one. */
async function startPortal(
  load: LoadClient,
  names: string[],
  objects: number,
): Promise<BenchPortal> {
  const portal = await portalOf(load, names, {
    now: objects,
    declared: objects,
  });
  await until(async () => {
    const answer = await portal.mappings(DECLARING);
    portal.answerStatically(answer);
    return isInSync(answer);
  });
  return portal;
}

/** True when clusters run everything as declared. */
export function isInSync(answer: string): boolean {
  const { items }: { items: { state: string }[] } = JSON.parse(answer);
  return items.length > 0 && items.every(({ state }) => state === 'in-sync');
}
