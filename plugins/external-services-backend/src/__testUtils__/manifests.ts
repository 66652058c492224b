import { address, alias } from './TestDnsServer';

/** A Service of type ExternalName; its target stands in line 7. */
export const dnsAlias = (name: string, target: string) => `apiVersion: v1
kind: Service
metadata:
  name: ${name}
spec:
  type: ExternalName
  externalName: ${target}
  ports:
    - port: 5432
`;

/** A Service without selector that leads to 203.0.113.1 and 203.0.113.2. */
export const fixedAddresses = `apiVersion: v1
kind: Service
metadata:
  name: external-api
spec:
  ports:
    - port: 80
---
apiVersion: discovery.k8s.io/v1
kind: EndpointSlice
metadata:
  name: external-api-1
  labels:
    kubernetes.io/service-name: external-api
addressType: IPv4
ports:
  - port: 80
endpoints:
  - addresses: [203.0.113.1]
  - addresses: [203.0.113.2]
`;

/** What the DNS server of the tests knows. */
export const records = [
  alias('db.example.com', 'edge.example.net'),
  address('edge.example.net', '203.0.113.7'),
  address('db.dev.example.com', '10.8.0.12'),
];
