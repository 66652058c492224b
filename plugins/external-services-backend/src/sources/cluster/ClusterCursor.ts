import { createHash } from 'node:crypto';
import type {
  ClusterConfig,
  ClusterSourceConfig,
} from '../../config/ExternalServicesConfig';
import { memoise } from '../../memoise';
import type { StreamPosition } from './ClusterStatus';

/** Raise it when the same objects would be kept as something else. */
const READING_VERSION = 1;

/**
 * Where the streams of a cluster go on.
 *
 * @internal
 */
export interface ClusterCursor {
  /** What was kept; with anything else the positions mean nothing. */
  wanted: string;
  /** By resource and namespace. */
  streams: Record<string, StreamPosition>;
}

const wantedOf = memoise(
  (
    { namespaces = [] }: ClusterConfig,
    { ignoreNamespaces }: ClusterSourceConfig,
  ) =>
    createHash('sha256')
      .update(
        JSON.stringify([
          READING_VERSION,
          [...namespaces].sort(),
          ignoreNamespaces,
        ]),
      )
      .digest('hex')
      .slice(0, 16),
);

/**
 * The stored cursor, or an empty one when something else is wanted by now.
 *
 * @internal
 */
export function readCursor(
  stored: string | undefined,
  cluster: ClusterConfig,
  settings: ClusterSourceConfig,
): ClusterCursor {
  const wanted = wantedOf(cluster, settings);
  const cursor: ClusterCursor | undefined = stored && JSON.parse(stored);
  return cursor?.wanted === wanted ? cursor : { wanted, streams: {} };
}

/**
 * The cursor as it is stored.
 *
 * @internal
 */
export function writeCursor(cursor: ClusterCursor): string {
  return JSON.stringify(cursor);
}
