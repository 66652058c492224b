import type { ClusterFailureCode } from './ClusterError';

/**
 * Why a stream stands still.
 *
 * @internal
 */
export interface StreamFailure {
  code: ClusterFailureCode;
  /** For a person; begins with the cluster as `it`. */
  message: string;
  /** What RBAC refuses: verb and resource. */
  verb?: 'list' | 'watch';
  resource?: string;
}

/**
 * State of one stream: what has been stored stays, whatever it is.
 *
 * @internal
 */
export interface StreamStatus {
  state: 'listing' | 'watching' | 'failed';
  failure?: StreamFailure;
}

/**
 * State of what is read of a cluster as a whole, or of one of its namespaces.
 *
 * @internal
 */
export interface StreamsStatus {
  services: StreamStatus;
  endpointSlices: StreamStatus;
}

/**
 * State of a cluster as stored with its source. What is said of the whole is the
 * worst of its namespaces.
 *
 * @internal
 */
export interface ClusterStatus extends StreamsStatus {
  phase: 'listing' | 'watching' | 'failed';
  /** ISO 8601; since when Services are watched without a failure. */
  connectedSince?: string;
  /** ISO 8601; when an object last changed, whether it is kept or not. */
  lastEventAt?: string;
  /** Objects that are kept. */
  objects: number;
  /**
   * Each namespace that is watched on its own: a Role may be missing in one of
   * them. Default: the cluster is watched as a whole.
   */
  namespaces?: Record<string, NamespaceStatus>;
}

/**
 * State of one namespace.
 *
 * @internal
 */
export interface NamespaceStatus extends StreamsStatus {
  /** ISO 8601; when it was last heard of. */
  seenAt?: string;
}

/**
 * Where one stream goes on.
 *
 * @internal
 */
export interface StreamPosition {
  /** Versions mean something on the server that gave them only. */
  server: string;
  resourceVersion: string;
}
