/**
 * Why a repository could not be read.
 *
 * @internal
 */
export type RepositoryFailure =
  | 'not-found'
  | 'not-allowed'
  | 'rate-limited'
  | 'timed-out'
  | 'too-many-branches'
  | 'failed';

/**
 * What came of the last attempt to read a repository.
 *
 * @internal
 */
export interface RepositoryStatus {
  failure?: RepositoryFailure;
  /** In words for a person. */
  error?: string;
  /** Which cap was reached, so that some files are missing. */
  capped?: 'files' | 'bytes' | 'patterns' | 'paths' | 'names';
}

/**
 * Where the next reading of a repository goes on.
 *
 * @internal
 */
export interface RepositoryCursor {
  etag: string;
  /** What was looked for; with anything else the etag says nothing. */
  wanted: string;
}
