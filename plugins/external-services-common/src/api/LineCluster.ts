import type { Difference } from '../live/Difference';
import type { DriftReason } from '../live/driftReasons';

/**
 * Whether the cluster runs what the repository declares.
 *
 * @public
 */
export type SyncStatus =
  | 'unknown'
  | 'inSync'
  | 'drifted'
  | 'notApplied'
  | 'undeclared';

/**
 * Why nothing, or nothing newer, is known of a cluster. `pending`: it is being
 * read for the first time; `not-collectable`: the portal has no credentials of its
 * own for it; `namespace-not-watched`: the portal may not look into the namespace;
 * `namespace-unknown`: neither the file nor the configuration of the environment
 * says where to look; `namespace-not-bound`: the namespace in the file is not that of
 * the environment, so that the name alone may not be looked up; `addresses-unknown`: the portal may not read EndpointSlices,
 * and the rest agrees. The others name what the API server, or the way to it, answered.
 *
 * @public
 */
export type ClusterSilence =
  | 'pending'
  | 'not-collectable'
  | 'namespace-not-watched'
  | 'namespace-unknown'
  | 'namespace-not-bound'
  | 'addresses-unknown'
  | 'unauthorised'
  | 'forbidden'
  | 'unreachable'
  | 'certificate'
  | 'timeout'
  | 'server';

/**
 * What one cluster does with a line.
 *
 * @public
 */
export interface LineCluster {
  name: string;
  title: string;
  /** Where it runs there, or should. Absent while nobody says. */
  namespace?: string;
  sync: SyncStatus;
  /**
   * Against the declaration; of an undeclared service against the first cluster
   * of the line, which then stands as `declared`.
   */
  differences: Difference[];
  /** Why it probably differs, likeliest first: codes with a page in `docs/findings`. */
  reasons: DriftReason[];
  /** Why `sync` is unknown, or why what is shown is old. */
  silence?: ClusterSilence;
  /**
   * ISO 8601; a change of the declaration explains what differs, which is no
   * problem before then. Absent when that time has passed.
   */
  rollingOutUntil?: string;
  /** ISO 8601; since when it differs or, while rolling out, when the declaration changed. */
  since?: string;
  /** ISO 8601; when the cluster was last heard of. */
  seenAt?: string;
  /** True when that is longer ago than it should be. */
  stale: boolean;
}

const WORST_FIRST: SyncStatus[] = [
  'notApplied',
  'drifted',
  'undeclared',
  'unknown',
  'inSync',
];

/**
 * One status for all clusters of a line: the worst, and `unknown` without any.
 *
 * @public
 */
export function syncOf(clusters: readonly LineCluster[]): SyncStatus {
  return (
    WORST_FIRST.find(status => clusters.some(({ sync }) => sync === status)) ??
    'unknown'
  );
}
