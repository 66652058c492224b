import type { Entity } from '@backstage/catalog-model';
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
 * Annotations of Backstage's Kubernetes plugin, without their prefix.
 *
 * @internal
 */
export interface KubernetesAnnotations {
  'kubernetes-id'?: string;
  'kubernetes-namespace'?: string;
  'kubernetes-label-selector'?: string;
}

/**
 * Picks the annotations of Backstage's Kubernetes plugin that say something.
 *
 * @internal
 */
export function kubernetesAnnotations(entity: Entity): KubernetesAnnotations {
  const annotations: KubernetesAnnotations = {};
  for (const name of [
    'kubernetes-id',
    'kubernetes-namespace',
    'kubernetes-label-selector',
  ] as const) {
    const value = entity.metadata.annotations?.[`backstage.io/${name}`]?.trim();
    if (value) {
      annotations[name] = value;
    }
  }
  return annotations;
}

/**
 * Reads the annotations of Backstage's Kubernetes plugin.
 *
 * @internal
 */
export function observedEntity(
  entityRef: string,
  annotations: KubernetesAnnotations,
): ObservedEntity {
  const {
    'kubernetes-id': kubernetesId,
    'kubernetes-namespace': kubernetesNamespace,
    'kubernetes-label-selector': written = '',
  } = annotations;
  const selector = LabelSelector.parse(written);
  return {
    entityRef,
    ...(kubernetesId && { kubernetesId }),
    ...(selector && { selector }),
    ...(kubernetesNamespace && { kubernetesNamespace }),
  };
}
