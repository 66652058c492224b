import {
  collectExternalServices,
  type CollectedExternalService,
  type ManifestObject,
  toManifestObject,
} from '@external-services/backstage-plugin-external-services-common';
import type { ObservedEntity } from '../sources/catalog/ObservedEntity';
import type { ExternalServicesConfig } from '../config/ExternalServicesConfig';
import type { LiveObject } from '../sources/cluster/LiveQuery';
import { memoise } from '../memoise';
import { isIdentified, selectedPlaces, serviceKeyOf } from './liveQuery';

/**
 * A Service of a cluster with its slices.
 *
 * @internal
 */
export interface LiveService extends CollectedExternalService {
  cluster: string;
  /** Milliseconds; when one of its objects changed last, as seen from here. */
  changedAt: number;
  /** True when it says itself that it belongs to the entity, or is selected. */
  identified: boolean;
  /** `key=value` of a selector, which makes it a Service of Pods. */
  selector: string;
}

/**
 * What the objects of clusters amount to.
 *
 * @internal
 */
export interface LiveServices {
  services: LiveService[];
  /** Slices whose Service is not there, by `serviceKey`. */
  orphans: Map<string, ManifestObject[]>;
}

/** What the objects of one Service say, wherever they run. */
const readGroup = memoise(
  (
    ...manifests: LiveObject['manifest'][]
  ): {
    service?: CollectedExternalService & Pick<LiveService, 'selector'>;
    objects: ManifestObject[];
  } => {
    const objects = manifests.map(manifest => toManifestObject(manifest));
    const [service] = collectExternalServices(
      manifests.map(manifest => toManifestObject(withoutSelector(manifest))),
    );
    const found = manifests.find(({ kind }) => kind === 'Service');
    return {
      ...(service && {
        service: { ...service, objects, selector: selectorOf(found) },
      }),
      objects,
    };
  },
);

/**
 * Reads the Services of clusters, each with its slices.
 *
 * @internal
 */
export function readLiveServices(
  objects: LiveObject[],
  entity: ObservedEntity,
  config: Pick<ExternalServicesConfig, 'environments'>,
): LiveServices {
  const places = selectedPlaces(entity, config);
  const groups = new Map<string, LiveObject[]>();
  for (const object of objects) {
    const key = serviceKeyOf(object);
    const group = groups.get(key);
    if (group) {
      group.push(object);
    } else {
      groups.set(key, [object]);
    }
  }
  const services: LiveService[] = [];
  const orphans: LiveServices['orphans'] = new Map();
  for (const [key, group] of groups) {
    const [{ cluster }] = group;
    const content = readGroup(...group.map(({ manifest }) => manifest));
    if (content.service) {
      services.push({
        ...content.service,
        cluster,
        changedAt: Math.max(...group.map(({ changedAt }) => changedAt)),
        identified: group.some(object => isIdentified(object, entity, places)),
      });
    } else {
      orphans.set(key, content.objects);
    }
  }
  return { services, orphans };
}

/** What a selector selects has no effect on what the Service is otherwise. */
function withoutSelector(
  manifest: Record<string, unknown>,
): Record<string, unknown> {
  const { selector: _, ...spec } = specOf(manifest);
  return manifest.kind === 'Service' ? { ...manifest, spec } : manifest;
}

function selectorOf(manifest: Record<string, unknown> = {}): string {
  const { selector, type } = specOf(manifest);
  return type === 'ExternalName'
    ? ''
    : Object.entries(selector ?? {})
        .map(([key, value]) => `${key}=${value}`)
        .join(', ');
}

function specOf(manifest: Record<string, unknown>): {
  selector?: object;
  type?: string;
} {
  return manifest.spec ?? {};
}
