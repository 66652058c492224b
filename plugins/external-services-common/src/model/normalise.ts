import { canonicalIp, ipFamily, parseIp } from '../kubernetes/ipAddress';
import {
  type ExternalServicePort,
  type FlatExternalService,
  isDnsTarget,
  type Target,
} from './ExternalService';
import { chosenAnnotations, chosenLabels } from './ownMetadata';

/**
 * The one form of all services that mean the same to a cluster, so that what is
 * declared, rendered and read back can be compared. Idempotent.
 *
 * - DNS names are lower case, without the trailing dot.
 * - Addresses are canonical and listed once, IPv4 before IPv6; the order within a family stays.
 * - Of several ports each has a name; a missing one becomes `tcp-5432`.
 * - `targetPort` is left out where it says nothing: equal to `port`, or behind a DNS name.
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
    ...(labels && { labels }),
    ...(annotations && { annotations }),
    ...(environment && { environment }),
  };
}

function normaliseTarget(target: Target): Target {
  if (isDnsTarget(target)) {
    return { dnsName: target.dnsName.toLowerCase().replace(/\.$/, '') };
  }
  const canonical = target.addresses.map(text => canonicalIp(text) ?? text);
  const unique = [...new Set(canonical)];
  const addresses = [
    ...unique.filter(text => !isIpv6(text)),
    ...unique.filter(isIpv6),
  ];
  return { addresses, ...(target.headless && { headless: true }) };
}

function isIpv6(text: string): boolean {
  const ip = parseIp(text);
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
