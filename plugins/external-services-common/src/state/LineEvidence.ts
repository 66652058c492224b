import type { LineCluster } from '../api/LineCluster';
import type { Resolution } from '../api/Resolution';
import type { FlatExternalService } from '../model/ExternalService';
import type { Finding } from '../validation/Finding';

/**
 * What is known about one mapping in one environment.
 *
 * @public
 */
export interface LineEvidence {
  service: FlatExternalService;
  /** Findings of the mapping's objects. */
  findings: Finding[];
  /** Where the mapping is declared. Default: nowhere, a cluster runs it. */
  declaration?: { path: string; line: number };
  /** What each cluster of the environment does with it. Default: none is connected. */
  clusters?: readonly LineCluster[];
  /** The source that declares it. Times are ISO 8601. Default: none does. */
  repository?: {
    /** What a person calls it. */
    title: string;
    /** Last success. Default: none yet. */
    seenAt?: string;
    /** From then on what was read is older than it should be. Default: never. */
    staleAt?: string;
  };
  resolution: Resolution;
  /** ISO 8601; from then on the resolution is older than it should be. Default: never. */
  resolutionStaleAt?: string;
}
