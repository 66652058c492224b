import fc from 'fast-check';
import type { Kind } from '../kinds';

const name = fc.constantFrom('orders-db', 'a', 'on', 'e1');
const metadata = fc.record(
  {
    name,
    namespace: fc.constant('default'),
    labels: fc.constantFrom({}, { team: 'shop', 'example.com/tier': '1_000' }),
    annotations: fc.constantFrom({}, { note: 'any text: # at all' }),
  },
  { requiredKeys: ['name'] },
);

const PORT_NAMES = ['http', 'dns', '80', 'no'];

/** Ports that fit together: several are named, all differ. */
const ports = (options: { min: number; of?: 'service' }) =>
  fc
    .array(
      fc.record(
        {
          port: fc.constantFrom(80, 443, 5432),
          protocol: fc.constantFrom('TCP', 'UDP', 'SCTP'),
          appProtocol: fc.constantFrom('http', 'kubernetes.io/h2c'),
          ...(options.of === 'service' && {
            targetPort: fc.constantFrom<number | string>(8080, 'http'),
          }),
        },
        { requiredKeys: ['port'] },
      ),
      { minLength: options.min, maxLength: 3 },
    )
    .map(list =>
      list.map((port, index) => ({
        ...port,
        port: port.port + index,
        ...(list.length > 1 && { name: PORT_NAMES[index] }),
      })),
    );

const serviceSpec = fc.oneof(
  fc.record(
    {
      type: fc.constant('ExternalName'),
      externalName: fc.constantFrom('db.example.com', 'db.example.com.', '1.2'),
      ports: ports({ min: 0, of: 'service' }),
    },
    { requiredKeys: ['type', 'externalName'] },
  ),
  fc.record(
    {
      ports: ports({ min: 1, of: 'service' }),
      type: fc.constantFrom('ClusterIP', 'NodePort', 'LoadBalancer'),
      sessionAffinity: fc.constantFrom('None', 'ClientIP'),
      externalIPs: fc.constant(['203.0.113.9']),
      ipFamilyPolicy: fc.constantFrom('SingleStack', 'PreferDualStack'),
    },
    { requiredKeys: ['ports'] },
  ),
  fc.record(
    {
      clusterIP: fc.constant('None'),
      ports: ports({ min: 0 }),
      ipFamilies: fc.constantFrom(['IPv4'], ['IPv6'], ['IPv4', 'IPv6']),
      publishNotReadyAddresses: fc.boolean(),
    },
    { requiredKeys: ['clusterIP'] },
  ),
);

const address = {
  IPv4: fc.constantFrom('203.0.113.1', '203.0.113.2', '10.0.0.1'),
  IPv6: fc.constantFrom('2001:db8::1', '2001:db8::2', 'fd00::1'),
  FQDN: fc.constantFrom('db.example.com', 'a.b'),
};

const subset = fc.record(
  {
    addresses: fc.array(
      fc.record(
        {
          ip: fc.oneof(address.IPv4, address.IPv6),
          hostname: fc.constantFrom('db-0', ''),
        },
        { requiredKeys: ['ip'] },
      ),
      { minLength: 1, maxLength: 3 },
    ),
    notReadyAddresses: fc.array(fc.record({ ip: address.IPv4 }), {
      maxLength: 1,
    }),
    ports: ports({ min: 0 }),
  },
  { requiredKeys: ['addresses'] },
);

const slice = (addressType: keyof typeof address) =>
  fc.record(
    {
      apiVersion: fc.constant('discovery.k8s.io/v1'),
      kind: fc.constant('EndpointSlice'),
      metadata,
      addressType: fc.constant(addressType),
      ports: ports({ min: 0 }),
      endpoints: fc.array(
        fc.record(
          {
            addresses: fc.array(address[addressType], {
              minLength: 1,
              maxLength: 2,
            }),
            hostname: fc.constantFrom('db-0'),
            conditions: fc.constantFrom({}, { ready: false }),
            nodeName: fc.constant('node-1'),
            hints: fc.constant({ forZones: [{ name: 'zone-a' }] }),
          },
          { requiredKeys: ['addresses'] },
        ),
        { maxLength: 3 },
      ),
    },
    { requiredKeys: ['apiVersion', 'kind', 'metadata', 'addressType'] },
  );

/** Objects that the API server accepts. */
export const validObject: Record<Kind, fc.Arbitrary<object>> = {
  Service: fc.record({
    apiVersion: fc.constant('v1'),
    kind: fc.constant('Service'),
    metadata,
    spec: serviceSpec,
  }),
  Endpoints: fc.record(
    {
      apiVersion: fc.constant('v1'),
      kind: fc.constant('Endpoints'),
      metadata,
      subsets: fc.array(subset, { maxLength: 2 }),
    },
    { requiredKeys: ['apiVersion', 'kind', 'metadata'] },
  ),
  EndpointSlice: fc.oneof(slice('IPv4'), slice('IPv6'), slice('FQDN')),
};
