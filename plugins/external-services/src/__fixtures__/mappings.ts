import type {
  Check,
  Mapping,
  MappingLine,
  MappingsResponse,
  SourceStatus,
  StateCode,
  StateReason,
} from '@external-services/backstage-plugin-external-services-common';
import { compareStates } from '@external-services/backstage-plugin-external-services-common';

/** ISO 8601, so many seconds before now. */
export const ago = (seconds: number) =>
  new Date(Date.now() - seconds * 1000).toISOString();

const addresses = (...list: string[]) =>
  list.map(address => ({ address, ttl: 60 }));

const DEV = { name: 'dev', title: 'dev', production: false };
const PROD = { name: 'prod', title: 'prod', production: true };
/** Environments that a line can be in. */
export const ENVIRONMENTS = { dev: DEV, prod: PROD };

const checks = (over: Partial<Record<Check['check'], Partial<Check>>> = {}) =>
  (
    [
      {
        check: 'repository',
        result: 'passed',
        seenFrom: 'example.org/shop/orders',
        seenAt: ago(240),
      },
      {
        check: 'cluster',
        result: 'notChecked',
        notCheckedReason: 'no-cluster',
      },
      {
        check: 'dns',
        result: 'passed',
        seenFrom: 'the portal',
        seenAt: ago(9),
      },
      {
        check: 'connection',
        result: 'notChecked',
        notCheckedReason: 'probes-off',
      },
      {
        check: 'certificate',
        result: 'notChecked',
        notCheckedReason: 'probes-off',
      },
    ] as Check[]
  ).map(check => ({ ...check, ...over[check.check] }));

/** A line that resolves, in all environments unless it is told otherwise. */
export const line = (over: Partial<MappingLine> = {}): MappingLine => ({
  kind: 'dns-alias',
  target: { dnsName: 'db.example.com' },
  ports: [{ port: 5432, protocol: 'TCP' }],
  state: 'resolves',
  reasons: [
    { state: 'resolves', params: { target: 'db.example.com', count: 4 } },
  ],
  seenFrom: 'the portal',
  seenAt: ago(12),
  stale: false,
  sync: 'unknown',
  resolution: {
    status: 'resolved',
    viewpoint: 'the portal',
    chain: [],
    addresses: addresses(
      '203.0.113.7',
      '203.0.113.8',
      '203.0.113.9',
      '203.0.113.10',
    ),
    checkedAt: ago(9),
  },
  declaration: {
    path: 'external-services/prod/external-db.yaml',
    line: 3,
    url: 'https://example.org/shop/orders/blob/main/external-services/prod/external-db.yaml#L3',
    source: 'repository',
  },
  findings: [],
  checks: checks(),
  yaml: [
    'apiVersion: v1',
    'kind: Service',
    'metadata:',
    '  name: external-db',
    'spec:',
    '  type: ExternalName',
    '  externalName: db.example.com',
    '  ports:',
    '    - port: 5432',
    '',
  ].join('\n'),
  ...over,
});

/** A line whose target has no DNS name. */
export const addressLine = (over: Partial<MappingLine> = {}): MappingLine =>
  line({
    kind: 'fixed-addresses',
    target: { addresses: ['203.0.113.1', '203.0.113.2'] },
    ports: [{ port: 80, protocol: 'TCP' }],
    state: 'declared',
    reasons: [{ state: 'declared', code: 'fixed-addresses', params: {} }],
    resolution: { status: 'notApplicable', chain: [], addresses: [] },
    checks: checks({
      dns: { result: 'notChecked', notCheckedReason: 'fixed-addresses' },
    }),
    ...over,
  });

/** A line whose name has not resolved for 14 minutes, through a CNAME. */
export const unresolvedLine = (over: Partial<MappingLine> = {}): MappingLine =>
  line({
    target: { dnsName: 'api.partner.example' },
    ports: [{ port: 443, protocol: 'TCP' }],
    state: 'unresolved',
    reasons: [
      {
        state: 'unresolved',
        code: 'no-such-name',
        params: { target: 'api.partner.example', since: ago(14 * 60) },
      },
    ],
    since: ago(14 * 60),
    resolution: {
      status: 'failed',
      viewpoint: 'the portal',
      chain: [
        { name: 'api.partner.example', target: 'eu.edge.example', ttl: 300 },
      ],
      addresses: [],
      failure: 'no-such-name',
      failingName: 'eu.edge.example',
      since: ago(14 * 60),
      checkedAt: ago(9),
      lastGood: { addresses: addresses('203.0.113.7'), at: ago(15 * 60) },
    },
    checks: checks({
      dns: { result: 'failed' },
      connection: { notCheckedReason: 'no-address' },
      certificate: { notCheckedReason: 'no-connection' },
    }),
    ...over,
  });

/** A mapping; its state is that of its worst line. */
export const mapping = (over: Partial<Mapping> = {}): Mapping => {
  const lines = over.lines ?? [
    line({
      environment: DEV,
      target: { dnsName: 'db.dev.example.com' },
      resolution: {
        ...line().resolution,
        addresses: addresses('10.8.0.12'),
      },
    }),
    line({ environment: PROD }),
  ];
  const name = over.name ?? 'external-db';
  const namespace = 'namespace' in over ? over.namespace : 'payments';
  return {
    id: `${namespace ?? ''}/${name}`,
    name,
    namespace,
    fullName: namespace ? `${name}.${namespace}.svc.cluster.local` : name,
    kind: lines[0].kind,
    ports: lines[0].ports,
    state: lines.map(({ state }) => state).sort(compareStates)[0],
    ...over,
    lines,
  };
};

/** The source of the entity's own files. */
export const repository = (over: Partial<SourceStatus> = {}): SourceStatus => ({
  id: 'repository',
  kind: 'repository',
  title: 'example.org/shop/orders',
  url: 'https://example.org/shop/orders',
  status: 'ok',
  seenAt: ago(240),
  attemptedAt: ago(240),
  ...over,
  repository: {
    mode: 'annotation',
    host: 'example.org',
    branch: 'main',
    patterns: ['external-services/**/*.yaml'],
    missing: [],
    files: ['external-services/prod/external-db.yaml'],
    ...over.repository,
  },
});

const dns: SourceStatus = {
  id: 'dns',
  kind: 'dns',
  title: 'the portal',
  status: 'ok',
  seenAt: ago(9),
};

/** An answer with one service that resolves. */
export const response = (
  over: Partial<MappingsResponse> = {},
): MappingsResponse => ({
  items: [mapping()],
  sources: [repository(), dns],
  findings: [],
  seenAt: ago(12),
  actions: {
    refresh: true,
    templates: {
      add: 'template:default/external-service',
      retarget: 'template:default/external-service-retarget',
      remove: 'template:default/external-service-remove',
      check: 'template:default/external-service-check',
    },
  },
  ...over,
});

/** An answer without services, from the given repository. */
export const emptyResponse = (source: SourceStatus): MappingsResponse =>
  response({ items: [], sources: [source] });

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
        declaration: { ...line().declaration, path: 'db.yaml', line: 4 },
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

const reason = (
  state: StateCode,
  params: StateReason['params'] = {},
  code?: string,
): StateReason => ({ state, code, params });

const REASONS: Record<StateCode, StateReason> = {
  invalid: reason('invalid', {
    file: 'db.yaml',
    line: 31,
    message: 'spec.ports[1].name: Required value',
  }),
  'not-allowed': reason('not-allowed', { target: 'db.example.com' }),
  'not-applied': reason('not-applied', { cluster: 'prod-us' }),
  unresolved: reason(
    'unresolved',
    { target: 'db.example.com', since: ago(840) },
    'no-answer',
  ),
  unreachable: reason(
    'unreachable',
    { address: '203.0.113.7', port: 5432, seconds: 3 },
    'timeout',
  ),
  certificate: reason(
    'certificate',
    { name: 'external-db.payments.svc.cluster.local' },
    'name',
  ),
  drifted: reason('drifted', {
    cluster: 'prod-us',
    live: '203.0.113.9',
    declared: '203.0.113.2',
  }),
  'answers-differ': reason('answers-differ', {
    viewpointA: 'the portal',
    a: '203.0.113.7',
    viewpointB: 'prod-eu',
    b: '10.8.0.12',
  }),
  expiring: reason('expiring', { days: 12, date: ago(-12 * 24 * 3600) }),
  undeclared: reason('undeclared', { cluster: 'prod-eu' }),
  'has-warnings': reason('has-warnings', {
    count: 2,
    message: 'port name "https" on an alias has no effect',
  }),
  unknown: reason('unknown', {
    source: 'prod-us',
    reason: 'the connection was refused',
  }),
  'rolling-out': reason('rolling-out', {
    cluster: 'prod-eu',
    mergedAt: ago(120),
    until: ago(-780),
  }),
  checking: reason('checking'),
  proposed: reason('proposed', {
    number: 42,
    openedAt: ago(3600),
    user: 'guest',
  }),
  declared: reason('declared'),
  resolves: reason('resolves', { target: 'db.example.com', count: 4 }),
  'in-sync': reason('in-sync', { clusters: 'prod-eu, prod-us' }),
};

const CHECKS_OF_STATE: Partial<
  Record<StateCode, Parameters<typeof checks>[0]>
> = {
  invalid: { repository: { result: 'failed' } },
  'not-allowed': { repository: { result: 'failed' } },
  'not-applied': {
    cluster: { result: 'failed', seenFrom: 'prod-us', seenAt: ago(8) },
  },
  unresolved: { dns: { result: 'failed' } },
  unreachable: {
    connection: {
      result: 'failed',
      seenFrom: 'the portal',
      seenAt: ago(20),
    },
  },
  certificate: {
    connection: {
      result: 'passed',
      seenFrom: 'the portal',
      seenAt: ago(20),
    },
    certificate: {
      result: 'failed',
      seenFrom: 'the portal',
      seenAt: ago(20),
    },
  },
  drifted: {
    cluster: { result: 'warning', seenFrom: 'prod-us', seenAt: ago(3) },
  },
  'answers-differ': { dns: { result: 'warning' } },
  expiring: { certificate: { result: 'warning', seenAt: ago(20) } },
  undeclared: { repository: { result: 'warning' } },
  'has-warnings': { repository: { result: 'warning' } },
  checking: { dns: { result: 'notChecked', notCheckedReason: 'pending' } },
  declared: {
    dns: { result: 'notChecked', notCheckedReason: 'not-visible-here' },
  },
  'in-sync': {
    cluster: { result: 'passed', seenFrom: 'prod-eu', seenAt: ago(8) },
  },
};

/** A service with one line in the given state, those no source produces yet included. */
export const mappingInState = (
  state: StateCode,
  over: Partial<MappingLine> = {},
): Mapping =>
  mapping({
    lines: [
      line({
        environment: PROD,
        state,
        reasons: [REASONS[state]],
        checks: checks(CHECKS_OF_STATE[state]),
        ...(state === 'unresolved' && {
          resolution: {
            ...line().resolution,
            status: 'failed',
            failure: 'no-answer',
            addresses: [],
            since: ago(840),
          },
        }),
        ...(state === 'checking' && {
          resolution: { status: 'pending', chain: [], addresses: [] },
        }),
        ...(state === 'declared' && {
          resolution: { status: 'notVisibleHere', chain: [], addresses: [] },
        }),
        ...over,
      }),
    ],
  });
