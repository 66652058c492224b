import { parseArgs } from 'node:util';
import { findBinaries } from '../binaries/findBinaries';
import { startControlPlane } from '../control-plane/startControlPlane';
import { formatResult } from './formatResult';
import { MODEL_NAMESPACES, modelQuestions } from './modelQuestions';
import { recordedQuestions } from './recordedQuestions';
import { runConformance } from './runConformance';
import { ServerJudge } from './ServerJudge';

const SERVICE_RANGE = '10.96.0.0/12';

const say = (line: string) => process.stdout.write(`${line}\n`);

/**
 * `yarn conformance --count 20000 --seed 1`: ends with 1 when there is a disagreement. With
 * `--skip` it ends well, and says why, where the programs of a control plane are missing.
 */
async function main(): Promise<number> {
  const { values } = parseArgs({
    options: {
      count: { type: 'string', default: '20000' },
      seed: { type: 'string', default: String(Date.now() % 2 ** 31) },
      skip: { type: 'boolean', default: false },
    },
  });
  const { advice } = findBinaries();
  if (values.skip && advice) {
    say(`SKIPPED: ${advice}`);
    return 0;
  }
  const count = Number(values.count);
  const seed = Number(values.seed);
  const started = Date.now();
  const stop = new AbortController();
  const interrupt = () => stop.abort();
  process.once('SIGINT', interrupt).once('SIGTERM', interrupt);

  const controlPlane = await startControlPlane({
    dns: false,
    serviceRange: SERVICE_RANGE,
    signal: stop.signal,
  });
  const client = controlPlane.apiServerClient();
  try {
    const { version } = controlPlane.info;
    say(`Kubernetes ${version}, ${count} generated objects, seed ${seed}`);
    for (const namespace of MODEL_NAMESPACES) {
      await controlPlane.kubectl(['create', 'namespace', namespace]);
    }
    const result = await runConformance({
      judge: new ServerJudge(client),
      cluster: {
        kubernetesVersion: version,
        // A dry run allocates nothing, so the server does not look at the range of node ports.
        serviceRanges: [SERVICE_RANGE],
      },
      fixed: [...recordedQuestions(), ...modelQuestions()],
      count,
      seed,
      onProgress: say,
    });
    say(`\n${formatResult(result)}`);
    say(`${Math.round((Date.now() - started) / 1000)} s`);
    return result.disagreements.length === 0 ? 0 : 1;
  } finally {
    client.close();
    await controlPlane.stop();
  }
}

main().then(code => {
  process.exitCode = code;
});
