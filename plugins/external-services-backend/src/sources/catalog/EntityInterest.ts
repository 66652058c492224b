/**
 * Why an entity's annotation cannot be followed: a stable code and a sentence
 * that says what to do.
 *
 * @internal
 */
export interface InterestProblem {
  code: 'not-a-repository' | 'no-integration' | 'not-allowed' | 'bad-value';
  message: string;
}

/**
 * Files that one entity wants from one repository at one ref.
 *
 * @internal
 */
export interface EntityInterest {
  mode: 'annotation' | 'conventional';
  /** URL of the repository's root at the ref. Absent when there is a problem. */
  root?: string;
  /** What a person calls the source. */
  title: string;
  host: string;
  branch?: string;
  /** Paths or globs below the root. */
  patterns: { written: string; path: string }[];
  problem?: InterestProblem;
}
