import {
  collectExternalServices,
  type FlatExternalService,
} from '@external-services/backstage-plugin-external-services-common';
import { collectableClusters } from '../sources/cluster/collectableClusters';
import type { ObservedEntity } from '../sources/catalog/ObservedEntity';
import type { ExternalServicesConfig } from '../config/ExternalServicesConfig';
import type { LiveObject, LiveQuery } from '../sources/cluster/LiveQuery';
import type { ManifestFile } from '../sources/repository/ManifestStore';
import { SourceStore } from '../database/SourceStore';
import { memoise } from '../memoise';
import { restoreObject } from '../sources/repository/StoredObject';

type Environments = Pick<ExternalServicesConfig, 'clusters' | 'environments'>;

/**
 * A place in a cluster where a mapping runs, or should.
 *
 * @internal
 */
export interface Place {
  /** Name of the cluster. */
  cluster: string;
  /** Default: nobody says. */
  namespace?: string;
  /** True when the configuration binds the namespace to the environment. */
  bound: boolean;
}

/**
 * Where a declared mapping should run: in the clusters of its environment; of
 * all environments when it holds in all; and in every cluster that can be read
 * when no environment names one.
 *
 * @internal
 */
export const placesOf = memoise(
  (
    { environment, namespace }: FlatExternalService,
    { clusters, environments }: Environments,
  ): Place[] => {
    const wanted = environments.filter(
      ({ name }) => environment === undefined || name === environment,
    );
    const places = wanted.flatMap(({ clusters: names, namespace: own }) =>
      names.map(cluster => ({
        cluster,
        namespace: namespace ?? own,
        bound: own !== undefined && (namespace ?? own) === own,
      })),
    );
    const unnamed =
      environment === undefined &&
      environments.every(({ clusters: names }) => names.length === 0);
    const all = unnamed
      ? collectableClusters({ clusters }).map(cluster => ({
          cluster,
          namespace,
          bound: false,
        }))
      : places;
    // Environments may share a cluster and a namespace; one that binds it is enough.
    const distinct = new Map<string, Place>();
    for (const place of all) {
      const key = JSON.stringify([place.cluster, place.namespace]);
      const bound = place.bound || distinct.get(key)?.bound === true;
      distinct.set(key, { ...place, bound });
    }
    return [...distinct.values()];
  },
);

const namesIn = memoise(
  (config: Environments, ...files: ManifestFile[]): LiveQuery['names'] => {
    const services = files.flatMap(({ path, objects }) =>
      objects
        .filter(({ manifest }) => manifest.kind === 'Service')
        .map(object => restoreObject(object, path)),
    );
    const declared = collectExternalServices(services, {
      environments: config.environments.map(({ name }) => name),
    });
    const names = new Map<string, LiveQuery['names'][number]>();
    for (const { service } of declared) {
      for (const { cluster, namespace, bound } of placesOf(service, config)) {
        if (bound && namespace !== undefined) {
          const key = JSON.stringify([namespace, service.name]);
          const wanted = names.get(key) ?? {
            sourceIds: [],
            namespace,
            name: service.name,
          };
          wanted.sourceIds.push(SourceStore.idOf('cluster', cluster));
          names.set(key, wanted);
        }
      }
    }
    return [...names.values()];
  },
);

/**
 * What to look for on behalf of an entity: its identity, its label, and, where
 * the configuration binds the namespace to the environment, what it selects and
 * the names it declares. A file may name any namespace; that alone opens none.
 *
 * @internal
 */
export function liveQueryOf(
  entity: ObservedEntity,
  files: ManifestFile[],
  config: Environments,
): LiveQuery {
  const { entityRef, kubernetesId } = entity;
  return {
    entityRefs: [entityRef],
    kubernetesIds: kubernetesId ? [kubernetesId] : [],
    labelled: selectedPlaces(entity, config),
    names: namesIn(config, ...files),
  };
}

/**
 * Where the selector of an entity counts: in the namespaces that the configuration
 * gives to environments, and there is no other way into one.
 *
 * @internal
 */
export function selectedPlaces(
  { selector, kubernetesNamespace }: ObservedEntity,
  { environments }: Pick<Environments, 'environments'>,
): LiveQuery['labelled'] {
  const places = new Map<string, Set<string>>();
  for (const { namespace, clusters } of environments) {
    if (namespace && namespace === (kubernetesNamespace ?? namespace)) {
      const sourceIds = places.get(namespace) ?? new Set();
      places.set(namespace, sourceIds);
      clusters.forEach(one => sourceIds.add(SourceStore.idOf('cluster', one)));
    }
  }
  return selector
    ? [...places].map(([namespace, sourceIds]) => ({
        sourceIds: [...sourceIds],
        namespace,
        labels: selector.anyOf,
      }))
    : [];
}

/** True for a Service that the selector of the entity selects where it counts. */
function isSelected(
  { externalId, sourceId, manifest }: LiveObject,
  { entityRef, selector }: ObservedEntity,
  places: LiveQuery['labelled'],
): boolean {
  const { namespace, labels } = metadataOf(manifest);
  return (
    manifest.kind === 'Service' &&
    // Whoever says whose it is, is believed.
    (externalId?.startsWith(`${entityRef}#`) ?? true) &&
    places.some(
      place =>
        place.namespace === namespace && place.sourceIds.includes(sourceId),
    ) &&
    selector?.selects(labels) === true
  );
}

/**
 * True when an object says itself that it belongs to the entity, or is selected.
 *
 * @param places - where the selector of the entity counts
 * @internal
 */
export function isIdentified(
  object: LiveObject,
  entity: ObservedEntity,
  places: LiveQuery['labelled'],
): boolean {
  const { externalId, kubernetesId, manifest } = object;
  if (
    externalId?.startsWith(`${entity.entityRef}#`) ||
    isSelected(object, entity, places)
  ) {
    return true;
  }
  const { kubernetesNamespace } = entity;
  return (
    kubernetesId !== undefined &&
    kubernetesId === entity.kubernetesId &&
    (kubernetesNamespace === undefined ||
      kubernetesNamespace === metadataOf(manifest).namespace)
  );
}

/**
 * Tells the Services of all clusters apart, for the Service itself and its slices.
 *
 * @internal
 */
export function serviceKeyOf({ sourceId, manifest }: LiveObject): string {
  const { namespace } = metadataOf(manifest);
  return serviceKey(sourceId, namespace, serviceNameOf(manifest));
}

/**
 * As {@link serviceKeyOf}. What runs has no slashes in its names, so a name that
 * has some is no other's key.
 *
 * @internal
 */
export function serviceKey(
  sourceId: string,
  namespace = '',
  name = '',
): string {
  return `${sourceId}/${namespace}/${name}`;
}

/** Name of the Service that an object is, or belongs to. */
function serviceNameOf(manifest: Record<string, unknown>): string | undefined {
  const { name, labels } = metadataOf(manifest);
  return manifest.kind === 'Service'
    ? name
    : labels?.['kubernetes.io/service-name'];
}

/** Its labels, as `key=value`. */
export function labelsOf({ manifest }: LiveObject): string[] {
  const { labels = {} } = metadataOf(manifest);
  return Object.entries(labels).map(([key, value]) => `${key}=${value}`);
}

function metadataOf(manifest: Record<string, unknown>): {
  name?: string;
  namespace?: string;
  labels?: Record<string, string>;
} {
  return manifest.metadata ?? {};
}
