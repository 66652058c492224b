import type { ManifestObject } from '../manifests/ManifestObject';
import { fieldOf, listAt, objectAt, textAt } from '../manifests/reading';
import { validateManifests } from '../validation/validateManifests';
import type { LintContext } from './LintContext';
import type { LintReport } from './LintProblem';

const OLDEST_KUBERNETES = '1.30';

/** What the newest Kubernetes accepts and older ones refuse, while the version is unknown. */
export function lintVersion(
  object: ManifestObject,
  { kubernetesVersion }: LintContext,
  report: LintReport,
): void {
  if (kubernetesVersion !== undefined || !mayBeRefused(object)) {
    return;
  }
  const refusedThen = validateManifests([object], {
    kubernetesVersion: OLDEST_KUBERNETES,
  });
  if (refusedThen.length === 0) {
    return;
  }
  const refusedNow = validateManifests([object]).map(({ path }) => path);
  for (const { path, hint = '' } of refusedThen) {
    if (!refusedNow.includes(path)) {
      report({
        object,
        severity: 'info',
        code: 'version-dependent',
        path,
        message: `Older versions of Kubernetes, from ${OLDEST_KUBERNETES} on, refuse this.`,
        hint,
      });
    }
  }
}

/** Few objects have what older versions are stricter about, and asking twice takes time. */
function mayBeRefused({ manifest }: ManifestObject): boolean {
  const metadata = objectAt(manifest, 'metadata');
  const spec = objectAt(manifest, 'spec');
  return (
    // Names of Services began with a letter up to 1.35.
    /^\d/.test(textAt(metadata, 'name') ?? '') ||
    /^\d/.test(textAt(metadata, 'generateName') ?? '') ||
    // A load balancer could not serve port 10250 up to 1.32.
    spec.type === 'LoadBalancer' ||
    // Hints of nodes are known since 1.33.
    listAt(manifest, 'endpoints').some(
      endpoint => fieldOf(endpoint, 'hints') !== undefined,
    )
  );
}
