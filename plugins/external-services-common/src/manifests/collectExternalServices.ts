import { ID_ANNOTATION } from '../catalog/annotations';
import type {
  ExternalServicePort,
  FlatExternalService,
  Protocol,
  Target,
} from '../model/ExternalService';
import { normalise } from '../model/normalise';
import { indexEndpoints } from './endpointsIndex';
import { environmentOf } from './environmentOf';
import {
  annotationOf,
  annotationsOf,
  intendedKind,
  isAlias,
  isHeadless,
  labelsOf,
  nameOf,
  namespaceOf,
  selectsPods,
} from './kinds';
import type { ManifestObject } from './ManifestObject';
import { fieldOf, integerAt, listAt, objectAt, textAt } from './reading';

/**
 * An external service with the objects it was read from.
 *
 * @public
 */
export interface CollectedExternalService {
  /** In normal form (see `normalise`). */
  service: FlatExternalService;
  /** Value of the annotation `external-services/id`. Default: none, not written by the product. */
  id?: string;
  /** The Service first, then its EndpointSlices and Endpoints by name. */
  objects: ManifestObject[];
}

/**
 * Reads external services from their objects, the inverse of `renderManifests`:
 * `collect(render(resolve(x, e)))` is `normalise(resolve(x, e))`.
 *
 * Total: an object that Kubernetes would refuse is read as far as it can be,
 * and what cannot is left out; `validateManifests` says what is wrong with it.
 * `options.environments` are the names that mark a directory as an
 * environment's. Default: none, labels alone decide.
 *
 * @public
 */
export function collectExternalServices(
  objects: ManifestObject[],
  options: { environments?: string[] } = {},
): CollectedExternalService[] {
  const environments = options.environments ?? [];
  const index = indexEndpoints(objects, environments);
  return objects
    .filter(
      ({ manifest }) =>
        intendedKind(manifest) === 'Service' && !selectsPods(manifest),
    )
    .map(object => {
      const endpoints = isAlias(object.manifest)
        ? []
        : index.endpointsOf(object);
      const id = annotationOf(object, ID_ANNOTATION);
      return {
        service: normalise({
          name: nameOf(object),
          namespace: namespaceOf(object),
          target: readTarget(object, endpoints),
          ports: readPorts(object, endpoints),
          ...readTraffic(object),
          labels: labelsOf(object),
          annotations: annotationsOf(object),
          environment: environmentOf(object, environments),
        }),
        ...(id && { id }),
        objects: [object, ...endpoints],
      };
    });
}

function readTarget(
  service: ManifestObject,
  endpoints: ManifestObject[],
): Target {
  const spec = objectAt(service.manifest, 'spec');
  return isAlias(service.manifest)
    ? { dnsName: textAt(spec, 'externalName') ?? '' }
    : {
        addresses: endpoints.flatMap(readAddresses),
        headless: isHeadless(service.manifest),
        hostnames: Object.fromEntries(
          // Of two names of one address the first counts.
          endpoints.flatMap(readHostnames).reverse(),
        ),
      };
}

function readTraffic({
  manifest,
}: ManifestObject): Pick<
  FlatExternalService,
  'sessionAffinity' | 'publishNotReadyAddresses'
> {
  const spec = objectAt(manifest, 'spec');
  const config = objectAt(objectAt(spec, 'sessionAffinityConfig'), 'clientIP');
  return {
    sessionAffinity:
      spec.sessionAffinity === 'ClientIP'
        ? { timeoutSeconds: integerAt(config, 'timeoutSeconds') }
        : undefined,
    publishNotReadyAddresses: spec.publishNotReadyAddresses === true,
  };
}

function readAddresses({ manifest }: ManifestObject): string[] {
  const ofSlice = listAt(manifest, 'endpoints').flatMap(endpoint =>
    listAt(endpoint, 'addresses'),
  );
  const ofSubsets = subsetAddresses(manifest).map(address =>
    fieldOf(address, 'ip'),
  );
  return [...ofSlice, ...ofSubsets].filter(isText);
}

/** Pairs of an address and its name. */
function readHostnames({ manifest }: ManifestObject): [string, string][] {
  const ofSlice = listAt(manifest, 'endpoints').flatMap(endpoint =>
    listAt(endpoint, 'addresses').map(
      address => [address, textAt(endpoint, 'hostname')] as const,
    ),
  );
  const ofSubsets = subsetAddresses(manifest).map(
    address => [fieldOf(address, 'ip'), textAt(address, 'hostname')] as const,
  );
  return [...ofSlice, ...ofSubsets].flatMap(
    ([address, name]): [string, string][] =>
      isText(address) && name !== undefined ? [[address, name]] : [],
  );
}

function subsetAddresses(manifest: Record<string, unknown>): unknown[] {
  return listAt(manifest, 'subsets').flatMap(subset => [
    ...listAt(subset, 'addresses'),
    ...listAt(subset, 'notReadyAddresses'),
  ]);
}

function isText(value: unknown): value is string {
  return typeof value === 'string';
}

function readPorts(
  service: ManifestObject,
  endpoints: ManifestObject[],
): ExternalServicePort[] {
  const destinations = new Map<string, number>();
  for (const port of endpoints.flatMap(endpointPorts)) {
    const number = integerAt(port, 'port');
    if (number !== undefined && !destinations.has(portKey(port))) {
      destinations.set(portKey(port), number);
    }
  }
  return listAt(objectAt(service.manifest, 'spec'), 'ports').flatMap(port => {
    const number = integerAt(port, 'port');
    return number === undefined
      ? []
      : [
          {
            name: textAt(port, 'name'),
            port: number,
            // kube-proxy forwards to the port of the slice; `targetPort` only documents it.
            targetPort:
              destinations.get(portKey(port)) ?? integerAt(port, 'targetPort'),
            protocol: protocolOf(port),
            appProtocol: textAt(port, 'appProtocol'),
          },
        ];
  });
}

function endpointPorts({ manifest }: ManifestObject): unknown[] {
  return [
    ...listAt(manifest, 'ports'),
    ...listAt(manifest, 'subsets').flatMap(subset => listAt(subset, 'ports')),
  ];
}

/** What kube-proxy matches the ports of Service and slice by. */
function portKey(port: unknown): string {
  return `${textAt(port, 'name') ?? ''} ${protocolOf(port)}`;
}

function protocolOf(port: unknown): Protocol {
  const protocol = textAt(port, 'protocol');
  return protocol === 'UDP' || protocol === 'SCTP' ? protocol : 'TCP';
}
