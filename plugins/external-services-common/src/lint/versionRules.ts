import type { ManifestObject } from '../manifests/ManifestObject';
import { validateManifests } from '../validation/validateManifests';
import type { LintContext } from './LintContext';
import type { LintProblem } from './LintProblem';

const OLDEST_KUBERNETES = '1.30';

/** What the newest Kubernetes accepts and older ones refuse, while the version is unknown. */
export function lintVersion(
  object: ManifestObject,
  { kubernetesVersion }: LintContext,
): LintProblem[] {
  if (kubernetesVersion !== undefined) {
    return [];
  }
  const refusedThen = validateManifests([object], {
    kubernetesVersion: OLDEST_KUBERNETES,
  });
  if (refusedThen.length === 0) {
    return [];
  }
  const refusedNow = validateManifests([object]).map(({ path }) => path);
  return refusedThen
    .filter(({ path }) => !refusedNow.includes(path))
    .map(({ path, hint = '' }) => ({
      object,
      severity: 'info',
      code: 'version-dependent',
      path,
      message: `Older versions of Kubernetes, from ${OLDEST_KUBERNETES} on, refuse this.`,
      hint,
    }));
}
