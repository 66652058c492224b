import type {
  ExternalServicePort,
  FlatExternalService,
  Target,
} from '@external-services/backstage-plugin-external-services-common';

const PORTS: ExternalServicePort[] = [
  { name: 'https', port: 443, protocol: 'TCP', appProtocol: 'https' },
  { name: 'metrics', port: 9090, targetPort: 19090, protocol: 'TCP' },
];

/** Services as teams have them: every third a DNS name, the others addresses, some of both families. */
export function sampleServices(count: number): FlatExternalService[] {
  return Array.from({ length: count }, (_, index) => ({
    name: `service-${index}`,
    target: targetOf(index),
    ports: PORTS.slice(0, 1 + (index % 2)),
    labels: { team: `team-${index % 40}` },
  }));
}

function targetOf(index: number): Target {
  if (index % 3 === 0) {
    return { dnsName: `host-${index}.example.com` };
  }
  const host = `${(index >> 8) % 256}.${index % 256}`;
  const ipv4 = [`10.1.${host}`, `10.2.${host}`];
  const ipv6 = [`2001:db8::${(1 + index).toString(16)}`];
  return { addresses: index % 3 === 1 ? ipv4 : [...ipv4, ...ipv6] };
}
