import { benchFiles } from './benchFiles';
import { BenchPortal, until } from './BenchPortal';
import type { LoadClient } from './LoadClient';
import { externalAmong } from './loadObjects';

/**
 * A portal that has read its clusters, each with `now` Services and slices; the
 * catalog is made for clusters with `declared` of them.
 */
export async function portalOf(
  load: LoadClient,
  names: string[],
  { now, declared }: { now: number; declared: number },
): Promise<BenchPortal> {
  await Promise.all(
    names.map(name => load.call('set', name, { objects: now })),
  );
  const portal = await BenchPortal.start({
    clusters: Object.fromEntries(
      names.map(name => [name, `${load.url}/${name}`]),
    ),
    files: benchFiles(declared),
  });
  await untilKept(portal, names, now);
  return portal;
}

/** Waits until what is external of so many objects is kept of each cluster. */
export async function untilKept(
  portal: BenchPortal,
  names: string[],
  objects: number,
): Promise<void> {
  const wanted = names.map(() => 2 * externalAmong(objects)).join();
  await until(async () => {
    const kept = await Promise.all(names.map(name => portal.objectsOf(name)));
    return kept.join() === wanted;
  });
}
