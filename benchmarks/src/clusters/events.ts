import type { Figure } from '../Figure';
import { ALIASES } from './benchFiles';
import { type BenchPortal, until } from './BenchPortal';
import type { LoadClient } from './LoadClient';
import { microsecondsNow } from './LoadApiServer';

const PER_SECOND = 100;
const SENT_AT = /^at-(\d+)\.example\.com$/;

interface Line {
  target: { dnsName?: string };
}

/** How long after an event at an API server the portal answers with what it brought. */
export async function eventFigure(
  load: LoadClient,
  portal: BenchPortal,
  cluster: string,
  events: number,
): Promise<Figure> {
  const seen = new Map<string, number>();
  const delays: number[] = [];
  await load.call('change', cluster, events, PER_SECOND);
  const start = performance.now();
  await until(async () => {
    const answer = await portal.mappings(ALIASES);
    const now = microsecondsNow();
    for (const [name, sentAt] of sentTimes(answer)) {
      if ((seen.get(name) ?? 0) < sentAt) {
        seen.set(name, sentAt);
        delays.push((now - sentAt) / 1000);
      }
    }
    return performance.now() - start > (events / PER_SECOND) * 1000 + 2000;
  }, 5);
  delays.sort((a, b) => a - b);
  return {
    name: `an event until it is answered with, 99 of 100 at ${PER_SECOND} a second`,
    value: delays[Math.ceil(delays.length * 0.99) - 1],
    goal: { value: 1000 },
  };
}

/** When the targets in an answer were sent, in microseconds, by the name of the Service. */
function sentTimes(answer: string): [string, number][] {
  const { items }: { items: { name: string; lines: Line[] }[] } =
    JSON.parse(answer);
  return items.flatMap(({ name, lines }) =>
    lines.flatMap(({ target }): [string, number][] => {
      const sentAt = SENT_AT.exec(target.dnsName ?? '')?.[1];
      return sentAt ? [[name, Number(sentAt)]] : [];
    }),
  );
}
