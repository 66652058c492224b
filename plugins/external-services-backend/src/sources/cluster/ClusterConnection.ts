/**
 * What a cluster answered.
 *
 * @internal
 */
export interface ClusterResponse {
  status: number;
  /** How long the server asks to be left alone. */
  retryAfterMs?: number;
  /**
   * Arrives piece by piece; whoever stops early ends the request.
   * Throws ClusterError when it breaks or is silent for too long.
   */
  body: AsyncIterable<Buffer>;
}

/**
 * A way to ask one cluster. The loop that lists and watches knows nothing else.
 *
 * @internal
 */
export interface ClusterConnection {
  readonly name: string;
  /** Longest time that a stream may be asked for. */
  readonly maxWatchSeconds: number;
  /**
   * Set where the answer to a watch begins with its first event only: how long the
   * first stream may be, and the first after a failure, since its end is told of.
   */
  readonly trialWatchSeconds?: number;
  /**
   * What stands for the API server: versions of objects mean something there only.
   *
   * @throws ClusterError when it cannot be told
   */
  server(): Promise<string>;
  /**
   * Sends a GET request.
   *
   * @param path - with its query
   * @param options - `idleMs`: the longest silence in the middle of an answer;
   * `totalMs`: the longest time from its beginning to its end, default any
   * @throws ClusterError when there is no answer; the signal's reason when it aborts
   */
  request(
    path: string,
    options: {
      signal: AbortSignal;
      idleMs: number;
      totalMs?: number;
      headers?: Record<string, string>;
    },
  ): Promise<ClusterResponse>;
  /** Ends what is under way. */
  close(): void;
}
