import { indexEndpoints, serviceNameOf } from '../manifests/endpointsIndex';
import { intendedKind, selectsPods } from '../manifests/kinds';
import type { ManifestObject } from '../manifests/ManifestObject';
import { decodeProblems } from '../validation/decode/decodeProblems';
import {
  endpoints as decodeEndpoints,
  type Endpoints,
} from '../validation/decode/endpoints';
import {
  endpointSlice as decodeEndpointSlice,
  type EndpointSlice,
} from '../validation/decode/endpointSlice';
import {
  service as decodeService,
  type Service,
} from '../validation/decode/service';
import { setServiceDefaults } from '../validation/service/serviceDefaults';

/** An EndpointSlice with the object it was read from. */
export interface SliceSource {
  kind: 'EndpointSlice';
  object: ManifestObject;
  slice: EndpointSlice;
}

/** An Endpoints object with the object it was read from. */
export interface EndpointsSource {
  kind: 'Endpoints';
  object: ManifestObject;
  endpoints: Endpoints;
}

/** An object that holds addresses. */
export type AddressSource = SliceSource | EndpointsSource;

/** A Service and what holds its addresses, decoded. */
export interface LintSubject {
  object: ManifestObject;
  /** With the server's defaults. */
  service: Service;
  sources: AddressSource[];
}

/** All that is linted: Services with their addresses, and addresses without a Service. */
export interface LintSubjects {
  services: LintSubject[];
  sources: AddressSource[];
  orphans: AddressSource[];
}

/** Decoding errors are no matter of the lint. */
const ignore = () => undefined;

/** Arranges objects for the rules; those the server could not decode are left out. */
export function lintSubjects(
  objects: ManifestObject[],
  environments: string[],
): LintSubjects {
  const readable = objects.filter(isReadable);
  const index = indexEndpoints(readable, environments);
  const services = readable
    .filter(({ manifest }) => intendedKind(manifest) === 'Service')
    .filter(({ manifest }) => !selectsPods(manifest))
    .map(object => {
      const service = decodeService(object.manifest, '', ignore);
      setServiceDefaults(service);
      const sources = index.endpointsOf(object).map(sourceOf);
      return { object, service, sources };
    });
  const owned = new Set(
    services.flatMap(({ sources }) => sources.map(({ object }) => object)),
  );
  const sources = readable
    .filter(({ manifest }) => intendedKind(manifest) !== 'Service')
    .map(sourceOf);
  return {
    services,
    sources,
    orphans: sources.filter(
      ({ object }) => !owned.has(object) || serviceNameOf(object) === undefined,
    ),
  };
}

function isReadable({ manifest }: ManifestObject): boolean {
  const kind = intendedKind(manifest);
  return (
    kind !== undefined &&
    decodeProblems(manifest, kind, Infinity).every(
      ({ code }) => code === 'unknown-field',
    )
  );
}

function sourceOf(object: ManifestObject): AddressSource {
  return intendedKind(object.manifest) === 'EndpointSlice'
    ? {
        kind: 'EndpointSlice',
        object,
        slice: decodeEndpointSlice(object.manifest, '', ignore),
      }
    : {
        kind: 'Endpoints',
        object,
        endpoints: decodeEndpoints(object.manifest, '', ignore),
      };
}

/** One address with its place. */
export interface PlacedAddress {
  object: ManifestObject;
  address: string;
  path: string;
  ready: boolean;
}

/** The addresses of an object, in order. */
export function addressesOf(source: AddressSource): PlacedAddress[] {
  const { object } = source;
  if (source.kind === 'EndpointSlice') {
    return source.slice.endpoints.flatMap((endpoint, i) =>
      endpoint.addresses.map((address, j) => ({
        object,
        address,
        path: `endpoints[${i}].addresses[${j}]`,
        ready: endpoint.conditions.ready !== false,
      })),
    );
  }
  return source.endpoints.subsets.flatMap((subset, i) => [
    ...subset.addresses.map(({ ip }, j) => ({
      object,
      address: ip,
      path: `subsets[${i}].addresses[${j}].ip`,
      ready: true,
    })),
    ...subset.notReadyAddresses.map(({ ip }, j) => ({
      object,
      address: ip,
      path: `subsets[${i}].notReadyAddresses[${j}].ip`,
      ready: false,
    })),
  ]);
}

/** One port with its place. */
export interface PlacedPort {
  object: ManifestObject;
  name: string;
  protocol: string;
  port: number | undefined;
  path: string;
}

/** The ports of an object, in order. */
export function portsOf(source: AddressSource): PlacedPort[] {
  const { object } = source;
  if (source.kind === 'EndpointSlice') {
    return source.slice.ports.map((port, i) => ({
      object,
      name: port.name ?? '',
      protocol: port.protocol ?? 'TCP',
      port: port.port,
      path: `ports[${i}]`,
    }));
  }
  return source.endpoints.subsets.flatMap((subset, i) =>
    subset.ports.map((port, j) => ({
      object,
      name: port.name,
      protocol: port.protocol || 'TCP',
      port: port.port,
      path: `subsets[${i}].ports[${j}]`,
    })),
  );
}
