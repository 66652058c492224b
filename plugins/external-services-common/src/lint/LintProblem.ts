import type { FindingSeverity } from '../validation/Finding';
import type { Problem } from '../validation/Problem';
import type { ManifestObject } from '../manifests/ManifestObject';

/** What a lint rule found, with the object it is about. */
export interface LintProblem extends Problem {
  object: ManifestObject;
  /** An error is what the organisation forbids; what the server refuses is no matter of the lint. */
  severity: FindingSeverity;
}

/** Takes what the rules find: most rules find nothing in most objects. */
export type LintReport = (problem: LintProblem) => void;
