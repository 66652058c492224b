import { type LineCluster, syncOf } from '../api/LineCluster';
import type { Resolution } from '../api/Resolution';
import type { Finding } from '../validation/Finding';
import { deriveChecks } from './deriveChecks';
import { deriveState } from './deriveState';
import type { LineEvidence } from './LineEvidence';

const NOW = '2026-11-22T03:12:00.000Z';
const AGO = '2026-11-22T03:11:50.000Z';
const LONG_AGO = '2026-11-22T02:41:00.000Z';
const UNTIL = '2026-11-22T03:20:00.000Z';

const cluster = (over: Partial<LineCluster> = {}): LineCluster => ({
  name: 'prod-eu',
  title: 'Prod EU',
  namespace: 'shop',
  sync: 'inSync',
  differences: [],
  reasons: [],
  seenAt: AGO,
  stale: false,
  ...over,
});

const drifted = cluster({
  name: 'prod-us',
  title: 'Prod US',
  sync: 'drifted',
  differences: [
    { field: 'addresses', declared: '203.0.113.2', live: '203.0.113.9' },
  ],
  reasons: ['argo-cd-exclusion'],
  since: LONG_AGO,
});
const missing = cluster({ sync: 'notApplied', since: LONG_AGO });
const silent = cluster({
  title: 'Prod AP',
  sync: 'unknown',
  silence: 'unreachable',
  seenAt: undefined,
});
const undeclared = cluster({ sync: 'undeclared' });
const rolling = (over: LineCluster) => ({ ...over, rollingOutUntil: UNTIL });

const resolved: Resolution = {
  status: 'resolved',
  viewpoint: 'the portal',
  chain: [],
  addresses: [{ address: '203.0.113.7', ttl: 60 }],
  checkedAt: AGO,
};
const failed: Resolution = {
  ...resolved,
  status: 'failed',
  addresses: [],
  failure: 'no-such-name',
  since: LONG_AGO,
};

const unanswered: Resolution = {
  ...failed,
  status: 'unanswered',
  failure: 'no-answer',
};

const finding = (severity: Finding['severity'], code: string): Finding => ({
  code,
  severity,
  path: 'spec',
  message: code,
});

const evidence = (
  clusters: LineCluster[],
  over: Partial<LineEvidence> = {},
): LineEvidence => ({
  service: {
    name: 'external-db',
    target: { dnsName: 'db.example.com' },
    ports: [],
  },
  findings: [],
  declaration: { path: 'db.yaml', line: 1 },
  repository: { title: 'example.org/shop/orders', seenAt: AGO },
  resolution: resolved,
  clusters,
  ...over,
});

const addresses: Partial<LineEvidence> = {
  service: {
    name: 'external-api',
    target: { addresses: ['203.0.113.1'] },
    ports: [],
  },
  resolution: { status: 'notApplicable', chain: [], addresses: [] },
};

const ofNoFile: Partial<LineEvidence> = {
  declaration: undefined,
  repository: undefined,
  resolution: { status: 'notApplicable', chain: [], addresses: [] },
};

const states = (
  clusters: LineCluster[],
  over: Partial<LineEvidence> = {},
): string[] =>
  deriveState(evidence(clusters, over), NOW).reasons.map(
    ({ state, tone }) => state + (tone ? ` (${tone})` : ''),
  );

describe('deriveState with clusters', () => {
  it.each<[string, string[], string[]]>([
    ['agrees everywhere', states([cluster(), cluster()]), ['in-sync']],
    ['agrees, for addresses', states([cluster()], addresses), ['in-sync']],
    [
      'agrees, and the name cannot be seen from here',
      states([cluster()], {
        resolution: { ...resolved, status: 'notVisibleHere' },
      }),
      ['in-sync'],
    ],
    [
      'agrees, and the name was not asked for yet',
      states([cluster()], { resolution: { ...resolved, status: 'pending' } }),
      ['checking'],
    ],
    [
      'agrees, and the name fails',
      states([cluster()], { resolution: failed }),
      ['unresolved'],
    ],
    [
      'agrees, and there is a warning',
      states([cluster()], { findings: [finding('warning', 'no-tls')] }),
      ['has-warnings'],
    ],
    ['differs in one of two', states([cluster(), drifted]), ['drifted']],
    ['is missing in one', states([cluster(), missing]), ['not-applied']],
    [
      'is missing in one and differs in another',
      states([drifted, missing]),
      ['not-applied', 'drifted'],
    ],
    [
      'is missing, and the name fails',
      states([missing], { resolution: failed }),
      ['not-applied', 'unresolved'],
    ],
    [
      'differs, and the name fails',
      states([drifted], { resolution: failed }),
      ['unresolved', 'drifted'],
    ],
    [
      'agrees in one, and one is silent',
      states([cluster(), silent]),
      ['in-sync', 'unknown'],
    ],
    ['is silent everywhere', states([silent, silent]), ['unknown']],
    [
      'has a warning, and is silent everywhere',
      states([silent], { findings: [finding('warning', 'no-tls')] }),
      ['has-warnings', 'unknown'],
    ],
    [
      'agrees, and the viewpoint answers nothing',
      states([cluster()], { resolution: unanswered }),
      ['in-sync', 'unknown'],
    ],
    [
      'is silent, as is the viewpoint',
      states([silent], { resolution: unanswered }),
      ['unknown', 'unknown'],
    ],
    [
      'differs in one, and one is silent',
      states([drifted, silent]),
      ['drifted', 'unknown'],
    ],
    ['was changed just now', states([rolling(drifted)]), ['rolling-out']],
    ['was added just now', states([rolling(missing)]), ['rolling-out']],
    [
      'was changed just now, and differs elsewhere for long',
      states([rolling(missing), drifted]),
      ['drifted', 'rolling-out'],
    ],
    [
      'was changed just now into a name that fails',
      states([rolling(drifted)], { resolution: failed }),
      ['unresolved', 'rolling-out'],
    ],
    [
      'was changed just now, and one cluster is silent',
      states([rolling(missing), silent]),
      ['rolling-out', 'unknown'],
    ],
    [
      'runs and is declared nowhere',
      states([undeclared], ofNoFile),
      ['undeclared'],
    ],
    [
      'runs and was declared until just now',
      states([rolling(undeclared)], ofNoFile),
      ['rolling-out'],
    ],
    [
      'is invalid, and nothing runs',
      states([missing], { findings: [finding('error', 'required')] }),
      ['invalid', 'not-applied'],
    ],
    [
      'is invalid, and an accepted version runs',
      states([drifted], { findings: [finding('error', 'required')] }),
      ['invalid (warning)', 'drifted'],
    ],
    [
      'is forbidden, runs in one and is missing in another',
      states([cluster(), missing], {
        findings: [finding('error', 'policy-forbids-target')],
      }),
      ['not-applied', 'not-allowed (warning)'],
    ],
    [
      'is invalid and forbidden, runs, and the name fails',
      states([cluster()], {
        findings: [
          finding('error', 'policy-forbids-target'),
          finding('error', 'required'),
        ],
        resolution: failed,
      }),
      ['unresolved', 'invalid (warning)', 'not-allowed (warning)'],
    ],
  ])('tells the state of what %s', (_, told, expected) => {
    expect(told).toEqual(expected);
  });

  it('is what it is without clusters when there are none', () => {
    const { clusters, ...without } = evidence([]);
    expect(deriveState({ ...without, clusters }, NOW)).toEqual(
      deriveState(without, NOW),
    );
    expect(deriveState(without, NOW).state).toBe('resolves');
  });

  it('names cluster, field, likely reason and time of a difference', () => {
    expect(deriveState(evidence([cluster(), drifted]), NOW)).toMatchObject({
      reasons: [
        {
          code: 'argo-cd-exclusion',
          params: {
            cluster: 'Prod US',
            count: 1,
            field: 'addresses',
            declared: '203.0.113.2',
            live: '203.0.113.9',
          },
        },
      ],
      since: LONG_AGO,
      seenFrom: 'Prod US',
      seenAt: AGO,
      stale: false,
    });
  });

  it('says until when a change may take', () => {
    const merged = rolling({ ...missing, since: AGO });
    expect(deriveState(evidence([merged]), NOW).reasons).toEqual([
      {
        state: 'rolling-out',
        params: { cluster: 'Prod EU', until: UNTIL, mergedAt: AGO },
      },
    ]);
  });

  it('says which cluster is silent, and why', () => {
    const derived = deriveState(evidence([cluster(), silent, silent]), NOW);
    expect(derived).toMatchObject({ state: 'in-sync', seenFrom: 'Prod EU' });
    expect(derived.reasons).toEqual([
      {
        state: 'in-sync',
        params: { target: 'db.example.com', count: 1, clusters: 'Prod EU' },
      },
      {
        state: 'unknown',
        code: 'unreachable',
        params: { source: 'Prod AP', count: 2 },
      },
    ]);
  });

  it('states what differs between the clusters that run what no file declares', () => {
    const other = cluster({
      title: 'Prod US',
      sync: 'undeclared',
      differences: [
        { field: 'target', declared: 'a.example', live: 'b.example' },
      ],
    });
    const { reasons } = deriveState(
      evidence([undeclared, other], ofNoFile),
      NOW,
    );
    expect(reasons).toEqual([
      {
        state: 'drifted',
        code: 'clusters-differ',
        params: {
          cluster: 'Prod US',
          other: 'Prod EU',
          field: 'target',
          declared: 'a.example',
          live: 'b.example',
        },
      },
      { state: 'undeclared', params: { cluster: 'Prod EU', count: 2 } },
    ]);
  });

  it.each<[string, LineCluster[], string]>([
    ['agreement', [cluster(), cluster()], 'in-sync'],
    ['a problem, which stays one', [drifted, cluster()], 'drifted'],
  ])('is stale when a cluster was silent for too long: %s', (_, all, state) => {
    const [first, ...others] = all;
    const old = { ...first, stale: true, seenAt: LONG_AGO };
    expect(deriveState(evidence([old, ...others]), NOW)).toMatchObject({
      state,
      stale: true,
      seenAt: LONG_AGO,
    });
  });
});

describe('deriveState, of several clusters one of which is old', () => {
  const old = cluster({ stale: true, seenAt: LONG_AGO });

  it('does not call a problem old that another one tells', () => {
    expect(deriveState(evidence([old, drifted]), NOW)).toMatchObject({
      state: 'drifted',
      stale: false,
      seenAt: AGO,
    });
  });

  it('does not call a failure of DNS old', () => {
    expect(
      deriveState(evidence([old], { resolution: failed }), NOW),
    ).toMatchObject({ state: 'unresolved', stale: false });
  });
});

describe('deriveChecks with clusters', () => {
  it.each<[string, LineCluster[], string]>([
    ['agreement', [cluster(), cluster()], 'passed'],
    ['a difference', [cluster(), drifted], 'warning'],
    ['absence', [drifted, missing], 'failed'],
    ['a silent one among others', [cluster(), silent], 'passed'],
    ['none but silent ones', [silent], 'cluster-silent'],
    ['a change, and a silent one', [rolling(missing), silent], 'rolling-out'],
    ['a change just now', [cluster(), rolling(drifted)], 'rolling-out'],
    ['no cluster at all', [], 'no-cluster'],
  ])('says of %s what was checked', (_, clusters, expected) => {
    const [, check] = deriveChecks(evidence(clusters));
    expect(check.notCheckedReason ?? check.result).toBe(expected);
  });

  it('says from where and when it was seen', () => {
    const old = cluster({ title: 'Prod US', seenAt: LONG_AGO });
    expect(deriveChecks(evidence([cluster(), old, silent]))[1]).toMatchObject({
      seenFrom: 'Prod EU, Prod US',
      seenAt: LONG_AGO,
    });
  });

  it('has no repository to ask about what no file declares', () => {
    const [repository, live, dns] = deriveChecks(
      evidence([undeclared], ofNoFile),
    );
    expect(repository).toEqual({ check: 'repository', result: 'warning' });
    expect(live.result).toBe('passed');
    expect(dns.notCheckedReason).toBe('undeclared');
  });
});

describe('syncOf', () => {
  it.each<[LineCluster[], string]>([
    [[], 'unknown'],
    [[cluster()], 'inSync'],
    [[cluster(), silent], 'unknown'],
    [[silent, drifted], 'drifted'],
    [[drifted, missing, cluster()], 'notApplied'],
    [[undeclared], 'undeclared'],
  ])('is the worst of the clusters', (clusters, expected) => {
    expect(syncOf(clusters)).toBe(expected);
  });
});
