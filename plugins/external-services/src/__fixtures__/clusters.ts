import type {
  LineCluster,
  MappingLine,
  SourceStatus,
} from '@external-services/backstage-plugin-external-services-common';
import { addressLine, ago, checks, line, PROD } from './mappings';

/** A cluster that runs what is declared. */
export const cluster = (over: Partial<LineCluster> = {}): LineCluster => ({
  name: over.title ?? 'prod-eu',
  title: 'prod-eu',
  namespace: 'payments',
  sync: 'inSync',
  differences: [],
  reasons: [],
  seenAt: ago(8),
  stale: false,
  ...over,
});

/** A cluster that leads somewhere else, since Argo CD left the addresses out. */
export const driftedCluster = (over: Partial<LineCluster> = {}): LineCluster =>
  cluster({
    title: 'prod-us',
    sync: 'drifted',
    differences: [
      { field: 'addresses', declared: '203.0.113.2', live: '203.0.113.9' },
    ],
    reasons: ['argo-cd-exclusion'],
    since: '2026-11-21T16:02:00.000Z',
    seenAt: ago(3),
    ...over,
  });

/** A line that all clusters agree on, unless it is told otherwise. */
export const clusterLine = (over: Partial<MappingLine> = {}): MappingLine =>
  line({
    environment: PROD,
    state: 'in-sync',
    sync: 'inSync',
    clusters: [cluster(), cluster({ title: 'prod-us' })],
    reasons: [{ state: 'in-sync', params: { clusters: 'prod-eu, prod-us' } }],
    checks: checks({
      cluster: {
        result: 'passed',
        notCheckedReason: undefined,
        seenFrom: 'prod-eu, prod-us',
        seenAt: ago(8),
      },
    }),
    ...over,
  });

/** Fixed addresses that one of two clusters has otherwise. */
export const driftedLine = (over: Partial<MappingLine> = {}): MappingLine =>
  addressLine({
    environment: PROD,
    state: 'drifted',
    sync: 'drifted',
    clusters: [cluster(), driftedCluster()],
    clustersDiffer: true,
    reasons: [
      {
        state: 'drifted',
        code: 'argo-cd-exclusion',
        params: {
          cluster: 'prod-us',
          count: 1,
          ...driftedCluster().differences[0],
        },
      },
    ],
    seenFrom: 'prod-us',
    checks: checks({
      cluster: {
        result: 'warning',
        notCheckedReason: undefined,
        seenFrom: 'prod-eu, prod-us',
        seenAt: ago(8),
      },
      dns: { result: 'notChecked', notCheckedReason: 'fixed-addresses' },
    }),
    ...over,
  });

/** A line that a cluster runs and no file declares. */
export const undeclaredLine = (over: Partial<MappingLine> = {}): MappingLine =>
  clusterLine({
    state: 'undeclared',
    sync: 'undeclared',
    clusters: [cluster({ sync: 'undeclared' })],
    declaration: undefined,
    reasons: [
      { state: 'undeclared', params: { cluster: 'prod-eu', count: 1 } },
    ],
    resolution: { status: 'notApplicable', chain: [], addresses: [] },
    checks: checks({
      repository: { result: 'warning', seenFrom: undefined, seenAt: undefined },
      cluster: {
        result: 'passed',
        notCheckedReason: undefined,
        seenFrom: 'prod-eu',
        seenAt: ago(8),
      },
      dns: { result: 'notChecked', notCheckedReason: 'undeclared' },
    }),
    ...over,
  });

/** A cluster as a source of an answer. */
export const clusterSource = (
  over: Partial<SourceStatus> = {},
): SourceStatus => ({
  id: `cluster:${over.title ?? 'prod-eu'}`,
  kind: 'cluster',
  title: 'prod-eu',
  status: 'ok',
  seenAt: ago(8),
  ...over,
});
