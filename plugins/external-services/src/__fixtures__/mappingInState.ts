import type {
  Mapping,
  MappingLine,
  StateCode,
  StateReason,
} from '@external-services/backstage-plugin-external-services-common';
import { PROD, ago, checks, line, mapping } from './mappings';

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
