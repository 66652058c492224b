import { ID_ANNOTATION, MANAGED_BY } from '../catalog/annotations';
import { intendedKind, selectsPods } from '../manifests/kinds';
import {
  fieldOf,
  listAt,
  objectAt,
  textAt,
  type UntypedObject,
} from '../manifests/reading';
import {
  MANAGED_BY_LABEL,
  SERVICE_NAME_LABEL,
  SLICE_MANAGED_BY_LABEL,
} from '../model/ownMetadata';

/** Writes the slices of Services with selector. Source: `pkg/controller/endpointslice`. */
const PODS_CONTROLLER = 'endpointslice-controller.k8s.io';

/**
 * What to keep of a cluster.
 *
 * @public
 */
export interface KeepLiveOptions {
  /** Namespaces of the system, whose objects nobody declares. */
  ignoreNamespaces: readonly string[];
}

/**
 * Whether an object of a cluster belongs, or may belong, to an external service.
 *
 * - A Service is kept when it is an ExternalName or has no selector, and no controller owns it.
 * - One that the product wrote is kept whatever became of it: a deployment may
 *   have given it a selector, or a controller may have applied it.
 * - An EndpointSlice is kept when it names a Service, unless Pods are behind it.
 * - The cluster's own `default/kubernetes` is never kept.
 *
 * An alias that leads into the cluster is kept, since a file may declare it, or
 * declare another target; `leadsIntoCluster` tells it from an external service.
 *
 * @public
 */
export function keepLive(
  manifest: Record<string, unknown>,
  options: KeepLiveOptions,
): boolean {
  const metadata = objectAt(manifest, 'metadata');
  const namespace = textAt(metadata, 'namespace') ?? '';
  if (options.ignoreNamespaces.includes(namespace)) {
    return false;
  }
  switch (intendedKind(manifest)) {
    case 'Service':
      return (
        !isApiServer(namespace, textAt(metadata, 'name')) &&
        (isOurs(metadata) ||
          !(hasController(metadata) || selectsPods(manifest)))
      );
    case 'EndpointSlice': {
      const labels = objectAt(metadata, 'labels');
      const service = textAt(labels, SERVICE_NAME_LABEL);
      return (
        service !== undefined &&
        !isApiServer(namespace, service) &&
        labels[SLICE_MANAGED_BY_LABEL] !== PODS_CONTROLLER
      );
    }
    default:
      return false;
  }
}

function isApiServer(namespace: string, service: string | undefined): boolean {
  return namespace === 'default' && service === 'kubernetes';
}

function hasController(metadata: UntypedObject): boolean {
  return listAt(metadata, 'ownerReferences').some(
    owner => fieldOf(owner, 'controller') === true,
  );
}

function isOurs(metadata: UntypedObject): boolean {
  return (
    textAt(objectAt(metadata, 'annotations'), ID_ANNOTATION) !== undefined ||
    objectAt(metadata, 'labels')[MANAGED_BY_LABEL] === MANAGED_BY
  );
}
