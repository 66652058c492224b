/**
 * Which objects of clusters are wanted.
 *
 * @internal
 */
export interface LiveQuery {
  /**
   * Entities whose identity is looked for: what stands before the `#` in the
   * annotation `external-services/id`. That finds what runs without being declared.
   */
  entityRefs: string[];
  /** Values of the label `backstage.io/kubernetes-id`. */
  kubernetesIds: string[];
  /** Services with one of some labels, `key=value`, in some clusters and one namespace. */
  labelled: { sourceIds: string[]; namespace: string; labels: string[] }[];
  /** Services by name, each in some clusters and in one namespace. */
  names: { sourceIds: string[]; namespace: string; name: string }[];
}

/**
 * An object of a cluster: a Service or an EndpointSlice.
 *
 * @internal
 */
export interface LiveObject {
  sourceId: string;
  /** Name of the cluster. */
  cluster: string;
  /** Milliseconds; when its content changed, as seen from here. */
  changedAt: number;
  /** Its annotation `external-services/id`. */
  externalId?: string;
  /** Its label `backstage.io/kubernetes-id`. */
  kubernetesId?: string;
  manifest: Record<string, unknown>;
}

/**
 * Where live objects are found; nothing is asked of a cluster. A Service that
 * matches brings its slices with it, and a slice its Service.
 *
 * @internal
 */
export interface LiveObjects {
  find(query: LiveQuery): Promise<LiveObject[]>;
}
