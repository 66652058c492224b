/**
 * Whose entities have to be told.
 *
 * @internal
 */
export interface Touched {
  entityRefs: Set<string>;
  kubernetesIds: Set<string>;
  /** Names of Services. */
  names: Set<string>;
  /** Services by namespace and name, as `namespace/name`. */
  services: Set<string>;
}

/** @internal */
export function touchedNobody(): Touched {
  return {
    entityRefs: new Set(),
    kubernetesIds: new Set(),
    names: new Set(),
    services: new Set(),
  };
}

/** @internal */
export function mergeTouched(a: Touched, b: Touched): Touched {
  return {
    entityRefs: new Set([...a.entityRefs, ...b.entityRefs]),
    kubernetesIds: new Set([...a.kubernetesIds, ...b.kubernetesIds]),
    names: new Set([...a.names, ...b.names]),
    services: new Set([...a.services, ...b.services]),
  };
}
