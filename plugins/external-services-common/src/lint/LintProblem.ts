import type { Problem } from '../validation/Problem';
import type { ManifestObject } from '../manifests/ManifestObject';

/** What a lint rule found, with the object it is about. */
export interface LintProblem extends Problem {
  object: ManifestObject;
  severity: 'warning' | 'info';
}
