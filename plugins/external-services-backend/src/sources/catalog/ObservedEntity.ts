import { Entity, stringifyEntityRef } from '@backstage/catalog-model';
import { LabelSelector } from './LabelSelector';

/**
 * An entity as live objects are tied to it.
 *
 * @internal
 */
export interface ObservedEntity {
  entityRef: string;
  /** Value of the label `backstage.io/kubernetes-id` on what belongs to it. */
  kubernetesId?: string;
  /** What selects that which belongs to it, in the namespaces of the configuration. */
  selector?: LabelSelector;
  /** The only namespace in which that label and the selector count. Default: all. */
  kubernetesNamespace?: string;
}

/**
 * Reads the annotations of Backstage's Kubernetes plugin.
 *
 * @internal
 */
export function observedEntity(entity: Entity): ObservedEntity {
  const annotation = (name: string) =>
    entity.metadata.annotations?.[`backstage.io/${name}`]?.trim() || undefined;
  const kubernetesId = annotation('kubernetes-id');
  const kubernetesNamespace = annotation('kubernetes-namespace');
  const selector = LabelSelector.parse(
    annotation('kubernetes-label-selector') ?? '',
  );
  return {
    entityRef: stringifyEntityRef(entity),
    ...(kubernetesId && { kubernetesId }),
    ...(selector && { selector }),
    ...(kubernetesNamespace && { kubernetesNamespace }),
  };
}
