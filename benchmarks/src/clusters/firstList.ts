import { monitorEventLoopDelay } from 'node:perf_hooks';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import type { Figure } from '../Figure';
import { median } from '../measure';
import { type BenchPortal, until } from './BenchPortal';
import type { LoadClient } from './LoadClient';
import { untilKept } from './portalOf';

const PAGE = 500;
const PATHS = ['/api/v1/services', '/apis/discovery.k8s.io/v1/endpointslices'];
/** What was listed is written by then. */
const WRITTEN_MS = 1_000;

/**
 * What a first list costs a portal that runs: processor, pauses, and memory that
 * is kept. Again and again, with nothing in the cluster in between.
 */
export async function firstListFigures(
  load: LoadClient,
  portal: BenchPortal,
  cluster: string,
  objects: number,
  times: number,
): Promise<Figure[]> {
  const cpu: number[] = [];
  const bare: number[] = [];
  const kept: number[] = [];
  const pauses: number[] = [];
  const barePauses: number[] = [];
  for (let time = 0; time < times; time++) {
    await load.call('set', cluster, { objects: 0 });
    await untilKept(portal, [cluster], 0);
    const before = heapInUse();
    const idle = await costOf(() => wait(WRITTEN_MS));

    const { watches } = await load.call('counts', cluster);
    const listing = await costOf(async () => {
      await load.call('set', cluster, { objects });
      await until(
        async () => (await load.call('counts', cluster)).watches >= watches + 2,
      );
      await wait(WRITTEN_MS);
    });
    pauses.push(listing.pauseMs);
    cpu.push(listing.cpuMs - (idle.cpuMs * listing.wallMs) / idle.wallMs);
    await untilKept(portal, [cluster], objects);
    kept.push((heapInUse() - before) / 1e6);
    const parsing = await costOf(() => fetchAndParse(`${load.url}/${cluster}`));
    bare.push(parsing.cpuMs);
    barePauses.push(parsing.pauseMs);
  }
  const of = `${objects} Services and ${objects} slices`;
  return [
    {
      name: `processor time to list ${of}`,
      value: median(cpu),
      baseline: { name: 'fetch and JSON.parse', value: median(bare) },
    },
    {
      name: `memory kept for ${of}`,
      value: Math.max(0, median(kept)),
      unit: 'MB',
      goal: { value: 3 },
    },
    {
      name: `longest pause while listing ${of}`,
      value: median(pauses),
      baseline: { name: 'fetch and JSON.parse', value: median(barePauses) },
      goal: { value: 50 },
    },
  ];
}

/** The same pages, and nothing done with them. */
async function fetchAndParse(server: string): Promise<void> {
  for (const path of PATHS) {
    let next = '';
    do {
      const response = await fetch(
        `${server}${path}?limit=${PAGE}${next && `&continue=${next}`}`,
      );
      const page = JSON.parse(await response.text());
      next = page.metadata.continue ?? '';
    } while (next);
  }
}

async function costOf(action: () => Promise<void>) {
  const start = performance.now();
  const begun = process.cpuUsage();
  const delays = monitorEventLoopDelay({ resolution: 1 });
  delays.enable();
  await action();
  delays.disable();
  const { user, system } = process.cpuUsage(begun);
  return {
    cpuMs: (user + system) / 1000,
    wallMs: performance.now() - start,
    /** The longest, with what the machine gives to others. */
    pauseMs: delays.max / 1e6,
  };
}

/** Bytes that survive a collection. */
function heapInUse(): number {
  setFlagsFromString('--expose-gc');
  const collect: () => void = runInNewContext('gc');
  collect();
  collect();
  const { heapUsed, external } = process.memoryUsage();
  return heapUsed + external;
}

function wait(milliseconds: number): Promise<void> {
  return new Promise(resolve => setTimeout(resolve, milliseconds));
}
