import { indexEndpoints, serviceNameOf } from '../manifests/endpointsIndex';
import {
  type ExternalServiceKind,
  intendedKind,
  selectsPods,
} from '../manifests/kinds';
import type { ManifestObject } from '../manifests/ManifestObject';
import {
  type DecodedKinds,
  decodeManifest,
} from '../validation/decode/decodeManifest';
import type { Endpoints } from '../validation/decode/endpoints';
import type { EndpointSlice } from '../validation/decode/endpointSlice';
import type { Service } from '../validation/decode/service';
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

/** Arranges objects for the rules; those the server could not decode are left out. */
export function lintSubjects(
  objects: ManifestObject[],
  environments: string[],
): LintSubjects {
  const subjects: LintSubject[] = [];
  const sources = new Map<ManifestObject, AddressSource>();
  for (const object of objects) {
    const source = sourceOf(object);
    const service = source ? undefined : serviceOf(object);
    if (source) {
      sources.set(object, source);
    } else if (service) {
      subjects.push({ object, service, sources: [] });
    }
  }
  const index = indexEndpoints([...sources.keys()], environments);
  const owned = new Set<ManifestObject>();
  for (const subject of subjects) {
    for (const object of index.endpointsOf(subject.object)) {
      owned.add(object);
      subject.sources.push(sources.get(object)!);
    }
  }
  const all = [...sources.values()];
  return {
    services: subjects,
    sources: all,
    orphans: all.filter(
      ({ object }) => !owned.has(object) || serviceNameOf(object) === undefined,
    ),
  };
}

function serviceOf(object: ManifestObject): Service | undefined {
  const isExternal =
    intendedKind(object.manifest) === 'Service' &&
    !selectsPods(object.manifest);
  const service = isExternal ? decoded(object, 'Service') : undefined;
  if (service) {
    setServiceDefaults(service);
  }
  return service;
}

function sourceOf(object: ManifestObject): AddressSource | undefined {
  const kind = intendedKind(object.manifest);
  if (kind === 'EndpointSlice') {
    const slice = decoded(object, kind);
    return slice && { kind, object, slice };
  }
  if (kind === 'Endpoints') {
    const endpoints = decoded(object, kind);
    return endpoints && { kind, object, endpoints };
  }
  return undefined;
}

/** The object as the server reads it; undefined where it cannot, which is no matter of the lint. */
function decoded<Kind extends ExternalServiceKind>(
  { manifest }: ManifestObject,
  kind: Kind,
): DecodedKinds[Kind] | undefined {
  const read = decodeManifest(manifest, kind, Infinity);
  return read.problems.every(({ code }) => code === 'unknown-field')
    ? read.decoded
    : undefined;
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

/** What kube-proxy joins the ports of Service and addresses by. Source: `pkg/proxy/endpointslicecache.go`. */
export function portKey({
  name,
  protocol,
}: Pick<PlacedPort, 'name' | 'protocol'>): string {
  return `${name}/${protocol}`;
}
