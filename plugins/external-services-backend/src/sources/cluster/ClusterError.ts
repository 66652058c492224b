/**
 * Why a cluster, or one kind of its objects, cannot be read.
 *
 * @internal
 */
export type ClusterFailureCode =
  | 'unauthorised'
  | 'forbidden'
  | 'unreachable'
  | 'certificate'
  | 'timeout'
  | 'server'
  | 'not-collectable';

/**
 * A request to a cluster that failed. The message is for a person, begins with
 * the cluster as `it`, and holds no secrets.
 *
 * @internal
 */
export class ClusterError extends Error {
  readonly name = 'ClusterError';
  readonly code: ClusterFailureCode;
  /** HTTP status, where there was an answer. */
  readonly status?: number;
  /** How long the server asks to be left alone. */
  readonly retryAfterMs?: number;

  constructor(
    code: ClusterFailureCode,
    message: string,
    options: { status?: number; retryAfterMs?: number } = {},
  ) {
    super(message);
    this.code = code;
    this.status = options.status;
    this.retryAfterMs = options.retryAfterMs;
  }
}
