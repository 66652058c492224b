import { SERVICE_NAME_LABEL } from '../model/ownMetadata';
import { environmentOf } from './environmentOf';
import { intendedKind, labelOf, nameOf, namespaceOf } from './kinds';
import type { ManifestObject } from './ManifestObject';

/** Finds the objects that hold the addresses of a Service. */
export interface EndpointsIndex {
  /** EndpointSlices and Endpoints of the Service, in the order of their names. */
  endpointsOf(service: ManifestObject): ManifestObject[];
}

const byName = new Intl.Collator('en', { numeric: true }).compare;

/**
 * Indexes Endpoints (same name as the Service) and EndpointSlices (by label).
 *
 * Namespace and environment agree when they are equal or one of them is left to
 * the deployment. When the Service's own directory has endpoints for it, those
 * of other directories are another variant of it and are left out.
 */
export function indexEndpoints(
  objects: readonly ManifestObject[],
  environments: readonly string[],
): EndpointsIndex {
  const index = new Map<string, ManifestObject[]>();
  for (const object of objects) {
    const name = serviceNameOf(object);
    if (name) {
      const known = index.get(name);
      if (known) {
        known.push(object);
      } else {
        index.set(name, [object]);
      }
    }
  }
  return {
    endpointsOf(service) {
      const named = index.get(nameOf(service));
      if (!named) {
        return [];
      }
      const namespace = namespaceOf(service);
      const environment = environmentOf(service, environments);
      const candidates = named.filter(
        object =>
          agree(namespaceOf(object), namespace) &&
          agree(environmentOf(object, environments), environment),
      );
      if (candidates.length < 2) {
        return candidates;
      }
      const directory = directoryOf(service);
      const near = candidates.filter(
        object => directoryOf(object) === directory,
      );
      return (near.length > 0 ? near : candidates).sort((a, b) =>
        byName(nameOf(a), nameOf(b)),
      );
    },
  };
}

/** Name of the Service that an Endpoints or EndpointSlice object belongs to. */
export function serviceNameOf(object: ManifestObject): string | undefined {
  switch (intendedKind(object.manifest)) {
    case 'Endpoints':
      return nameOf(object) || undefined;
    case 'EndpointSlice':
      return labelOf(object, SERVICE_NAME_LABEL) || undefined;
    default:
      return undefined;
  }
}

function agree(a: string | undefined, b: string | undefined): boolean {
  return a === undefined || b === undefined || a === b;
}

function directoryOf(object: ManifestObject): string | undefined {
  return object.path?.slice(0, Math.max(object.path.lastIndexOf('/'), 0));
}
