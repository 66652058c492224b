import { formatIp, type IpAddress, parseIp } from '../kubernetes/ipAddress';
import type { ManifestObject } from '../manifests/ManifestObject';
import type { Endpoints } from '../validation/decode/endpoints';
import type { EndpointSlice } from '../validation/decode/endpointSlice';

/** One address with its place. */
export interface PlacedAddress {
  object: ManifestObject;
  address: string;
  /** Undefined when it is none. */
  ip: IpAddress | undefined;
  /** The text that all notations of the address have in common; as it is written when it is none. */
  canonical: string;
  path: string;
  ready: boolean;
}

/** One port with its place. */
export interface PlacedPort {
  object: ManifestObject;
  name: string;
  protocol: string;
  port: number | undefined;
  path: string;
}

interface Source {
  object: ManifestObject;
  /** In order. */
  addresses: PlacedAddress[];
  /** In order. */
  ports: PlacedPort[];
}

/** An EndpointSlice with the object it was read from. */
export interface SliceSource extends Source {
  kind: 'EndpointSlice';
  slice: EndpointSlice;
}

/** An Endpoints object with the object it was read from. */
export interface EndpointsSource extends Source {
  kind: 'Endpoints';
  endpoints: Endpoints;
}

/** An object that holds addresses. */
export type AddressSource = SliceSource | EndpointsSource;

/** Finds the addresses and ports of an EndpointSlice. */
export function sliceSource(
  object: ManifestObject,
  slice: EndpointSlice,
): SliceSource {
  return {
    kind: 'EndpointSlice',
    object,
    slice,
    addresses: slice.endpoints.flatMap((endpoint, i) =>
      endpoint.addresses.map((address, j) =>
        placed(
          object,
          address,
          `endpoints[${i}].addresses[${j}]`,
          endpoint.conditions.ready !== false,
        ),
      ),
    ),
    ports: slice.ports.map((port, i) => ({
      object,
      name: port.name ?? '',
      protocol: port.protocol ?? 'TCP',
      port: port.port,
      path: `ports[${i}]`,
    })),
  };
}

/** Finds the addresses and ports of an Endpoints object. */
export function endpointsSource(
  object: ManifestObject,
  endpoints: Endpoints,
): EndpointsSource {
  return {
    kind: 'Endpoints',
    object,
    endpoints,
    addresses: endpoints.subsets.flatMap((subset, i) => [
      ...subset.addresses.map(({ ip }, j) =>
        placed(object, ip, `subsets[${i}].addresses[${j}].ip`, true),
      ),
      ...subset.notReadyAddresses.map(({ ip }, j) =>
        placed(object, ip, `subsets[${i}].notReadyAddresses[${j}].ip`, false),
      ),
    ]),
    ports: endpoints.subsets.flatMap((subset, i) =>
      subset.ports.map((port, j) => ({
        object,
        name: port.name,
        protocol: port.protocol || 'TCP',
        port: port.port,
        path: `subsets[${i}].ports[${j}]`,
      })),
    ),
  };
}

function placed(
  object: ManifestObject,
  address: string,
  path: string,
  ready: boolean,
): PlacedAddress {
  const ip = parseIp(address);
  const isCanonical = !ip || (ip.strict && ip.notation === 'IPv4');
  const canonical = isCanonical ? address : formatIp(ip);
  return { object, address, ip, canonical, path, ready };
}

/** What kube-proxy joins the ports of Service and addresses by. Source: `pkg/proxy/endpointslicecache.go`. */
export function portKey({
  name,
  protocol,
}: Pick<PlacedPort, 'name' | 'protocol'>): string {
  return `${name}/${protocol}`;
}
