import type { ClusterFacts } from './ClusterFacts';

/** What the rules of all kinds have to know. */
export interface RuleContext {
  /** Minor version of Kubernetes 1. */
  minor: number;
  cluster: ClusterFacts;
}
