import {
  canonicalIp,
  formatIp,
  type IpAddress,
  ipFamily,
  parseIp,
} from '../kubernetes/ipAddress';
import { MAX_ENDPOINTS } from '../kubernetes/limits';
import {
  type AddressTarget,
  type ExternalServicePort,
  type FlatExternalService,
  isDnsTarget,
  type Target,
} from './ExternalService';
import { chosenAnnotations, chosenLabels } from './ownMetadata';

/** Source: Kubernetes `core/v1` DefaultClientIPServiceAffinitySeconds. */
const DEFAULT_AFFINITY_SECONDS = 10_800;

/**
 * The one form of all services that mean the same to a cluster, so that what is
 * declared, rendered and read back can be compared. Idempotent.
 *
 * - DNS names are lower case, without the trailing dot.
 * - Addresses are canonical and listed once, IPv4 before IPv6. The order within a family stays,
 *   up to the 1000 that fit into one slice; more are sorted by number.
 * - Names of single addresses are left out where they say nothing: not headless, or of no address.
 * - Of several ports each has a name; a missing one becomes `tcp-5432`.
 * - `targetPort` is left out where it says nothing: equal to `port`, or behind a DNS name.
 * - Session affinity has its timeout, and is left out where it has no effect: an alias, headless.
 * - Labels and annotations that the product itself writes are left out, the others sorted.
 * - What is empty or false is left out.
 *
 * @public
 */
export function normalise(service: FlatExternalService): FlatExternalService {
  const { name, namespace, target, ports, environment } = service;
  const labels = chosenLabels(service.labels);
  const annotations = chosenAnnotations(service.annotations);
  return {
    name,
    ...(namespace && { namespace }),
    target: normaliseTarget(target),
    ports: ports.map(port =>
      normalisePort(port, ports.length > 1, isDnsTarget(target)),
    ),
    ...normaliseTraffic(service),
    ...(labels && { labels }),
    ...(annotations && { annotations }),
    ...(environment && { environment }),
  };
}

/** What a client can rely on that never speaks to kube-proxy is nothing. */
function normaliseTraffic({
  target,
  sessionAffinity,
  publishNotReadyAddresses,
}: FlatExternalService): Pick<
  FlatExternalService,
  'sessionAffinity' | 'publishNotReadyAddresses'
> {
  if (isDnsTarget(target)) {
    return {};
  }
  return {
    ...(sessionAffinity &&
      !target.headless && {
        sessionAffinity: {
          timeoutSeconds:
            sessionAffinity.timeoutSeconds ?? DEFAULT_AFFINITY_SECONDS,
        },
      }),
    ...(publishNotReadyAddresses && { publishNotReadyAddresses: true }),
  };
}

function normaliseTarget(target: Target): Target {
  if (isDnsTarget(target)) {
    return { dnsName: target.dnsName.toLowerCase().replace(/\.$/, '') };
  }
  const unique = new Map<string, Address>();
  for (const written of target.addresses) {
    const ip = parseIp(written);
    const text = ip ? formatIp(ip) : written;
    unique.set(text, unique.get(text) ?? { text, ip });
  }
  const all = [...unique.values()];
  const addresses = [
    ...inOrder(all.filter(address => !isIpv6(address))),
    ...inOrder(all.filter(isIpv6)),
  ];
  const hostnames = normaliseHostnames(target, addresses);
  return {
    addresses,
    ...(target.headless && { headless: true }),
    ...(hostnames && { hostnames }),
  };
}

/** An address in its one form. */
interface Address {
  text: string;
  /** Undefined for what is no address. */
  ip: IpAddress | undefined;
}

/** Spread over several slices, addresses have no order of their own. */
function inOrder(addresses: Address[]): string[] {
  if (addresses.length > MAX_ENDPOINTS) {
    addresses.sort(
      (a, b) =>
        compareBytes(a.ip?.bytes ?? [], b.ip?.bytes ?? []) ||
        (a.text < b.text ? -1 : 1),
    );
  }
  return addresses.map(({ text }) => text);
}

function compareBytes(a: readonly number[], b: readonly number[]): number {
  const index = a.findIndex((byte, position) => byte !== b[position]);
  return index < 0 ? 0 : a[index] - (b[index] ?? -1);
}

function normaliseHostnames(
  { headless, hostnames }: AddressTarget,
  addresses: string[],
): Record<string, string> | undefined {
  if (!headless || !hostnames) {
    return undefined;
  }
  const names = new Map<string, string>();
  for (const [address, name] of Object.entries(hostnames)) {
    const key = canonicalIp(address) ?? address;
    if (!names.has(key)) {
      names.set(key, name);
    }
  }
  const listed = addresses.flatMap(address => {
    const name = names.get(address);
    return name ? [[address, name]] : [];
  });
  return listed.length > 0 ? Object.fromEntries(listed) : undefined;
}

function isIpv6({ ip }: Address): boolean {
  return ip !== undefined && ipFamily(ip) === 'IPv6';
}

function normalisePort(
  port: ExternalServicePort,
  named: boolean,
  behindDnsName: boolean,
): ExternalServicePort {
  const { protocol, appProtocol, targetPort } = port;
  const fallback = named ? `${protocol.toLowerCase()}-${port.port}` : undefined;
  const name = port.name || fallback;
  return {
    ...(name && { name }),
    port: port.port,
    ...(targetPort !== undefined &&
      targetPort !== port.port &&
      !behindDnsName && { targetPort }),
    protocol,
    ...(appProtocol && { appProtocol }),
  };
}
