import type {
  Check,
  Mapping,
  MappingLine,
  MappingsResponse,
  SourceStatus,
} from '@external-services/backstage-plugin-external-services-common';
import { compareStates } from '@external-services/backstage-plugin-external-services-common';

/** ISO 8601, so many seconds before now. */
export const ago = (seconds: number) =>
  new Date(Date.now() - seconds * 1000).toISOString();

export const addresses = (...list: string[]) =>
  list.map(address => ({ address, ttl: 60 }));

export const DEV = { name: 'dev', title: 'dev', production: false };
export const PROD = { name: 'prod', title: 'prod', production: true };
/** Environments that a line can be in. */
export const ENVIRONMENTS = { dev: DEV, prod: PROD };

export const checks = (
  over: Partial<Record<Check['check'], Partial<Check>>> = {},
) =>
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
  total: over.items?.length ?? 1,
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
