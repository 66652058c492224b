import type { ManifestObject } from '../manifests/ManifestObject';
import type { Finding } from '../validation/Finding';

/**
 * What is known of the place where manifests are applied.
 *
 * @public
 */
export interface LintContext {
  /** Default: `cluster.local`. */
  clusterDomain?: string;
}

/**
 * What the API server accepts and a careful engineer would not.
 *
 * @public
 */
export function lintManifests(
  _objects: ManifestObject[],
  _context: LintContext = {},
): Finding[] {
  return [];
}
