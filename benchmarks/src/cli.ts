import {
  clustersBenchmark,
  FULL_SIZE as CLUSTERS,
} from './clusters/clustersBenchmark';
import { formatFigures } from './formatFigures';
import {
  manifestsBenchmark,
  FULL_SIZE as MANIFESTS,
} from './manifests/manifestsBenchmark';

const BENCHMARKS = {
  manifests: () => manifestsBenchmark(MANIFESTS),
  clusters: () => clustersBenchmark(CLUSTERS),
};

const NAMES = Object.keys(BENCHMARKS) as (keyof typeof BENCHMARKS)[];

const say = (line: string) => process.stdout.write(`${line}\n`);

/** `yarn bench [name]`: measures, and never fails because a figure is short of its goal. */
async function main(): Promise<number> {
  const [wanted, ...rest] = process.argv.slice(2);
  const names = wanted ? NAMES.filter(name => name === wanted) : NAMES;
  if (names.length === 0 || rest.length > 0) {
    say(`Use: yarn bench [${NAMES.join('|')}]`);
    return 2;
  }
  for (const name of names) {
    say(`${name} (Node ${process.version})\n`);
    say(formatFigures(await BENCHMARKS[name]()));
  }
  return 0;
}

main().then(code => {
  process.exitCode = code;
});
