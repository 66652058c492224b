import { loadAll } from 'js-yaml';
import {
  collectionPath,
  findBinaries,
  type Kind,
  startControlPlane,
} from 'cluster/control-plane';
import type { Figure, SkippedFigure } from '../Figure';

const NAME = 'parse, validate and lint, against the server';
const ASKED_AT_ONCE = 8;

/** What asking an API server about the same manifests takes, as a server-side dry run. */
export async function dryRunFigure(
  files: string[],
  ownTime: number,
): Promise<Figure | SkippedFigure> {
  const { advice } = findBinaries();
  if (advice) {
    return { name: NAME, skipped: advice };
  }
  const controlPlane = await startControlPlane({ dns: false });
  const client = controlPlane.apiServerClient(ASKED_AT_ONCE);
  try {
    const manifests = files
      .flatMap(file => loadAll(file) as { kind: Kind }[])
      .values();
    const ask = async () => {
      for (const manifest of manifests) {
        const { status, body } = await client.send({
          method: 'POST',
          path: `${collectionPath(
            manifest.kind,
            'default',
          )}?dryRun=All&fieldValidation=Strict`,
          body: JSON.stringify(manifest),
        });
        if (status !== 201) {
          throw new Error(`The API server answered ${status}: ${body}`);
        }
      }
    };
    const start = performance.now();
    await Promise.all(Array.from({ length: ASKED_AT_ONCE }, ask));
    const value = performance.now() - start;
    return {
      name: NAME,
      value: ownTime,
      baseline: { name: 'dry run', value },
    };
  } finally {
    client.close();
    await controlPlane.stop();
  }
}
