import type { SourceRow } from '../database/SourceRow';
import type { EntityInterest } from '../sources/catalog/EntityInterest';
import type { ObservedEntity } from '../sources/catalog/ObservedEntity';
import type { LiveObject } from '../sources/cluster/LiveQuery';
import type {
  ManifestFile,
  RemovedNames,
} from '../sources/repository/ManifestStore';

/**
 * A repository as one entity sees it.
 *
 * @internal
 */
export interface RepositoryObservation {
  interest: EntityInterest;
  /** Absent when the interest has a problem, so that nothing is read. */
  source?: SourceRow;
  /** Those that the entity wants, in order of path. */
  files: ManifestFile[];
  /** Patterns, as written, that no file matches. */
  missing: string[];
  /** What it declared until lately. Default: nothing, or nobody asks. */
  removed?: RemovedNames;
}

/**
 * All that is stored about one entity.
 *
 * @internal
 */
export interface EntityObservations {
  entity: ObservedEntity;
  repositories: RepositoryObservation[];
  /** DNS sources by their key. */
  dns: Map<string, SourceRow>;
  /** Objects of clusters that the entity may see. */
  live: LiveObject[];
  /** Sources of all clusters by the name of the cluster. */
  clusters: Map<string, SourceRow>;
}
