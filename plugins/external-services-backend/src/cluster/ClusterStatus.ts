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
 * State of a cluster as stored with its source.
 *
 * @internal
 */
export interface ClusterStatus {
  phase: 'listing' | 'watching' | 'failed';
  /** ISO 8601; since when Services are watched without a failure. */
  connectedSince?: string;
  /** ISO 8601; when an object last changed, whether it is kept or not. */
  lastEventAt?: string;
  /** Objects that are kept. */
  objects: number;
  services: StreamStatus;
  endpointSlices: StreamStatus;
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
