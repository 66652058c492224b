/**
 * One kind of objects of a cluster, as it is read.
 *
 * @public
 */
export interface ClusterStream {
  state: 'listing' | 'watching' | 'failed';
  /** Why it is not read now; what was read before is kept. */
  failure?: {
    code:
      | 'unauthorised'
      | 'forbidden'
      | 'unreachable'
      | 'certificate'
      | 'timeout'
      | 'server'
      | 'not-collectable';
    /** In words for a person; begins with the cluster as `it`. */
    message: string;
    /** What RBAC refuses: the verb and the resource. */
    verb?: 'list' | 'watch';
    resource?: string;
    /** The rule that grants it, YAML to add to a ClusterRole or Role. */
    rule?: string;
  };
}

/**
 * A cluster that declared mappings are compared with.
 *
 * @public
 */
export interface ClusterState {
  name: string;
  /** What people call it. */
  title: string;
  /** Names of the environments that it runs. */
  environments: string[];
  status: 'ok' | 'pending' | 'failed';
  /** True when it was not heard of for longer than it should be. */
  stale: boolean;
  /** ISO 8601; since when it is watched without a failure. */
  connectedSince?: string;
  /** ISO 8601; when something in it last changed. */
  lastEventAt?: string;
  /** ISO 8601; when it was last heard of. */
  seenAt?: string;
  /** How many of its objects are kept. */
  objects: number;
  services: ClusterStream;
  endpointSlices: ClusterStream;
}

/**
 * Answer of `GET /clusters`.
 *
 * @public
 */
export interface ClustersResponse {
  /** In the order of the configuration, then in that of the Kubernetes plugin. */
  items: ClusterState[];
  /**
   * How it goes with the Kubernetes plugin, which is asked for more clusters. Absent
   * when it is not asked.
   */
  kubernetesPlugin?: {
    status: 'ok' | 'pending' | 'failed';
    /** Why it did not answer the last time; the clusters that it knew before stay. */
    error?: string;
    /** ISO 8601; when it last answered. */
    seenAt?: string;
  };
}
