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
  const addresses: PlacedAddress[] = [];
  const ports: PlacedPort[] = [];
  for (const [i, endpoint] of slice.endpoints.entries()) {
    const ready = endpoint.conditions.ready !== false;
    for (const [j, address] of endpoint.addresses.entries()) {
      const path = `endpoints[${i}].addresses[${j}]`;
      addresses.push(placed(object, address, path, ready));
    }
  }
  for (const [
    i,
    { name = '', protocol = 'TCP', port },
  ] of slice.ports.entries()) {
    ports.push({ object, name, protocol, port, path: `ports[${i}]` });
  }
  return { kind: 'EndpointSlice', object, slice, addresses, ports };
}

/** Finds the addresses and ports of an Endpoints object. */
export function endpointsSource(
  object: ManifestObject,
  endpoints: Endpoints,
): EndpointsSource {
  const addresses: PlacedAddress[] = [];
  const ports: PlacedPort[] = [];
  for (const [i, subset] of endpoints.subsets.entries()) {
    for (const list of ['addresses', 'notReadyAddresses'] as const) {
      for (const [j, { ip }] of subset[list].entries()) {
        const path = `subsets[${i}].${list}[${j}].ip`;
        addresses.push(placed(object, ip, path, list === 'addresses'));
      }
    }
    for (const [j, { name, protocol, port }] of subset.ports.entries()) {
      const path = `subsets[${i}].ports[${j}]`;
      ports.push({ object, name, protocol: protocol || 'TCP', port, path });
    }
  }
  return { kind: 'Endpoints', object, endpoints, addresses, ports };
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
