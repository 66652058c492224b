import {
  DEV,
  PROD,
  addressLine,
  addresses,
  checks,
  line,
  mapping,
  unresolvedLine,
} from './mappings';

/** One service in dev and prod whose name does not resolve in prod. */
export const partnerApi = () =>
  mapping({
    name: 'partner-api',
    namespace: 'shop',
    lines: [
      line({
        environment: DEV,
        target: { dnsName: 'sandbox.partner.example' },
        ports: [{ port: 443, protocol: 'TCP' }],
        resolution: {
          ...line().resolution,
          addresses: addresses('198.51.100.4'),
        },
      }),
      unresolvedLine({ environment: PROD }),
    ],
  });

/** One service with fixed addresses in dev and prod. */
export const externalApi = () =>
  mapping({
    name: 'external-api',
    namespace: 'shop',
    lines: [
      addressLine({ environment: DEV }),
      addressLine({ environment: PROD }),
    ],
  });

/** Twelve services, the first of which needs attention. */
export const twelveServices = () => [
  partnerApi(),
  ...[
    'mail',
    'orders-db',
    'search',
    'tax-api',
    'payments',
    'warehouse',
    'maps',
    'weather',
    'exchange-rates',
    'fraud-check',
    'shipping',
  ].map(name =>
    mapping({
      name,
      namespace: 'shop',
      lines: [
        line({
          environment: PROD,
          target: { dnsName: `${name}.example.com` },
          state: 'resolves',
        }),
      ],
    }),
  ),
];

/** A service that is wrong in three ways. */
export const invalidMapping = () =>
  mapping({
    name: 'billing-db',
    lines: [
      line({
        state: 'invalid',
        reasons: [
          {
            state: 'invalid',
            code: 'required',
            params: {
              file: 'db.yaml',
              line: 31,
              message: 'spec.ports[1].name: Required value',
              count: 3,
            },
          },
        ],
        declaration: { ...line().declaration!, path: 'db.yaml', line: 4 },
        findings: [
          {
            code: 'required',
            severity: 'error',
            path: 'spec.ports[1].name',
            message: 'spec.ports[1].name: Required value',
            hint: 'Give every port a name.',
            file: 'db.yaml',
            position: { line: 31, column: 7 },
          },
          {
            code: 'out-of-range',
            severity: 'error',
            path: 'spec.ports[0].port',
            message:
              'spec.ports[0].port: Invalid value: 70000: must be between 1 and 65535, inclusive',
            file: 'db.yaml',
            position: { line: 28, column: 7 },
          },
          {
            code: 'dns-subdomain',
            severity: 'error',
            path: 'spec.externalName',
            message:
              'spec.externalName: Invalid value: "https://db": a lowercase RFC 1123 subdomain must consist of lower case alphanumeric characters',
            hint: 'Write the host name only.',
            file: 'db.yaml',
            position: { line: 25, column: 3 },
          },
        ],
        checks: checks({
          repository: { result: 'failed' },
          dns: { result: 'notChecked', notCheckedReason: 'invalid' },
        }),
        resolution: { status: 'notApplicable', chain: [], addresses: [] },
      }),
    ],
  });

const staging = { name: 'staging', title: 'staging', production: false };
const environments = ['dev', 'test', 'staging', 'perf', 'prod-eu', 'prod-us'];

/** Long names, an international one, IPv6, and more environments than are shown. */
export const awkwardServices = () => [
  mapping({
    name: 'a-rather-long-name-for-an-external-service',
    namespace: 'and-a-long-namespace-too',
    lines: environments.map(name =>
      line({
        environment: { name, title: name, production: false },
        target: {
          dnsName:
            'a-very-long-host-name-indeed.of-a-partner.with-many-labels.example.com',
        },
      }),
    ),
  }),
  mapping({
    name: 'books',
    namespace: undefined,
    lines: [line({ target: { dnsName: 'xn--bcher-kva.example' } })],
  }),
  mapping({
    name: 'search',
    lines: [
      addressLine({
        kind: 'fixed-addresses-direct',
        environment: PROD,
        target: {
          addresses: [
            '2001:db8:85a3:8d3:1319:8a2e:370:7348',
            '2001:db8::2',
            '203.0.113.1',
          ],
        },
      }),
      addressLine({ environment: staging }),
    ],
  }),
];
