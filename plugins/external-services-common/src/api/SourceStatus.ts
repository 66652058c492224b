import type { ClusterSilence } from './LineCluster';
import type { ResolutionFailure } from './Resolution';

/**
 * State of one source of an answer.
 *
 * @public
 */
export interface SourceStatus {
  id: string;
  kind: 'repository' | 'cluster' | 'dns';
  /** What a person calls it: a repository, a cluster, or a set of DNS servers. */
  title: string;
  url?: string;
  status: 'ok' | 'pending' | 'failed';
  /** Why it failed, in words for a person. */
  error?: string;
  /** Clusters and DNS: the same as a code. */
  failure?: ClusterSilence | ResolutionFailure;
  /** ISO 8601; last success. */
  seenAt?: string;
  /** ISO 8601; last attempt. */
  attemptedAt?: string;
  /** Repositories: how the files were looked for, and what came of it. */
  repository?: {
    mode: 'annotation' | 'conventional';
    host: string;
    branch?: string;
    patterns: string[];
    /** Patterns of the annotation that matched no file. */
    missing: string[];
    /** Files that were read, relative to the repository root. */
    files: string[];
  };
}
