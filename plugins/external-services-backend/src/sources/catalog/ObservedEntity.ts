import type { Entity } from '@backstage/catalog-model';
import { isStorable } from '../../database/storable';
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
  /** Annotations that nothing in a cluster can be found by. Default: none. */
  ignored?: string[];
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
  /** Names of those that say nothing a cluster could have. Default: none. */
  ignored?: string[];
}

/** A name of Kubernetes: label values and namespaces are no longer. */
const NAME = /^[A-Za-z0-9]([\w.-]{0,61}[A-Za-z0-9])?$/;
/** As long as anybody writes a selector by hand, and no longer. */
const MAX_SELECTOR_LENGTH = 1_000;

/**
 * Picks the annotations of Backstage's Kubernetes plugin that say something. Who writes
 * a catalog file may write anything into them.
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
    const fits =
      name === 'kubernetes-label-selector'
        ? isStorable(value ?? '', MAX_SELECTOR_LENGTH)
        : NAME.test(value ?? '');
    if (value && fits) {
      annotations[name] = value;
    } else if (value) {
      annotations.ignored = [...(annotations.ignored ?? []), name];
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
    ignored,
  } = annotations;
  const selector = LabelSelector.parse(written);
  return {
    entityRef,
    ...(kubernetesId && { kubernetesId }),
    ...(selector && { selector }),
    ...(kubernetesNamespace && { kubernetesNamespace }),
    ...(ignored && { ignored }),
  };
}
