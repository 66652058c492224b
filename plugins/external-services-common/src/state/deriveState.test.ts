import type { Resolution } from '../api/Resolution';
import type { Finding, FindingSeverity } from '../validation/Finding';
import { deriveState } from './deriveState';
import type { LineEvidence } from './LineEvidence';

const NOW = '2026-11-22T03:12:00.000Z';
const AGO = '2026-11-22T03:11:50.000Z';
const LONG_AGO = '2026-11-22T02:41:00.000Z';

const finding = (severity: FindingSeverity, code: string): Finding => ({
  code,
  severity,
  path: 'spec.ports[1].name',
  message: `message of ${code}`,
  file: 'db.yaml',
  position: { line: 31, column: 5 },
});

const resolution = (over: Partial<Resolution> = {}): Resolution => ({
  status: 'resolved',
  viewpoint: 'the portal',
  chain: [],
  addresses: [{ address: '203.0.113.7', ttl: 60 }],
  checkedAt: AGO,
  ...over,
});

const failed = resolution({
  status: 'failed',
  addresses: [],
  failure: 'no-such-name',
  failingName: 'edge.example.net',
  since: '2026-11-22T02:58:00.000Z',
});

const unanswered = resolution({
  ...failed,
  status: 'unanswered',
  failure: 'no-answer',
});

const evidence = (over: Partial<LineEvidence> = {}): LineEvidence => ({
  service: {
    name: 'external-db',
    target: { dnsName: 'db.example.com' },
    ports: [],
  },
  findings: [],
  declaration: { path: 'db.yaml', line: 1 },
  repository: {
    title: 'example.org/shop/orders',
    seenAt: AGO,
    staleAt: '2026-11-22T03:27:00.000Z',
  },
  resolution: resolution(),
  resolutionStaleAt: '2026-11-22T03:13:00.000Z',
  ...over,
});

const addresses: Partial<LineEvidence> = {
  service: {
    name: 'external-api',
    target: { addresses: ['203.0.113.1'] },
    ports: [],
  },
  resolution: { status: 'notApplicable', chain: [], addresses: [] },
  resolutionStaleAt: undefined,
};

describe('deriveState', () => {
  it.each<[string, Partial<LineEvidence>, string[]]>([
    ['a name with addresses', {}, ['resolves']],
    [
      'a name whose answer is old',
      { resolution: resolution({ status: 'stale' }) },
      ['resolves'],
    ],
    [
      'a name that was not asked for yet',
      { resolution: resolution({ status: 'pending', addresses: [] }) },
      ['checking'],
    ],
    [
      'a name that cannot be seen from here',
      { resolution: resolution({ status: 'notVisibleHere', addresses: [] }) },
      ['declared'],
    ],
    [
      'a name, from where nothing is answered',
      { resolution: unanswered },
      ['unknown'],
    ],
    [
      'a forbidden name, from where nothing is answered',
      {
        resolution: unanswered,
        findings: [finding('error', 'policy-forbids-target')],
      },
      ['not-allowed', 'unknown'],
    ],
    ['addresses', addresses, ['declared']],
    ['a name that fails', { resolution: failed }, ['unresolved']],
    ['an error', { findings: [finding('error', 'required')] }, ['invalid']],
    [
      'a target that the organisation forbids, and an error',
      {
        findings: [
          finding('error', 'policy-forbids-target'),
          finding('error', 'required'),
        ],
      },
      ['invalid', 'not-allowed'],
    ],
    [
      'a warning',
      { findings: [finding('warning', 'no-tls')] },
      ['has-warnings'],
    ],
    ['a note only', { findings: [finding('info', 'port')] }, ['resolves']],
    [
      'a note on addresses',
      { ...addresses, findings: [finding('info', 'port')] },
      ['declared'],
    ],
    [
      'all problems at once, cause before effect',
      {
        findings: [finding('warning', 'no-tls'), finding('error', 'required')],
        resolution: failed,
      },
      ['invalid', 'unresolved', 'has-warnings'],
    ],
    [
      'a warning on a name that is being asked for',
      {
        findings: [finding('warning', 'no-tls')],
        resolution: resolution({ status: 'pending' }),
      },
      ['has-warnings'],
    ],
  ])('tells the state of %s', (_name, over, states) => {
    const derived = deriveState(evidence(over), NOW);
    expect(derived.reasons.map(({ state }) => state)).toEqual(states);
    expect(derived.state).toBe(states[0]);
    expect(derived.stale).toBe(false);
  });

  it('never says in-sync, whatever it is told', () => {
    const all = [evidence(), evidence(addresses)];
    expect(all.map(one => deriveState(one, NOW).state)).not.toContain(
      'in-sync',
    );
  });

  it('names file, line and message of the first error', () => {
    const errors = [finding('error', 'required'), finding('error', 'other')];
    expect(deriveState(evidence({ findings: errors }), NOW)).toMatchObject({
      reasons: [
        {
          code: 'required',
          params: {
            file: 'db.yaml',
            line: 31,
            path: 'spec.ports[1].name',
            message: 'message of required',
            count: 2,
          },
        },
      ],
      seenFrom: 'example.org/shop/orders',
      seenAt: AGO,
    });
  });

  it('names the place of the mapping when the error has none', () => {
    const { file, position, ...bare } = finding('error', 'required');
    const [reason] = deriveState(evidence({ findings: [bare] }), NOW).reasons;
    expect(reason.params).toMatchObject({ file: 'db.yaml', line: 1 });
  });

  it('tells which name fails, how, since when and seen from where', () => {
    expect(deriveState(evidence({ resolution: failed }), NOW)).toMatchObject({
      reasons: [
        {
          code: 'no-such-name',
          params: {
            target: 'db.example.com',
            failingName: 'edge.example.net',
            since: '2026-11-22T02:58:00.000Z',
            viewpoint: 'the portal',
          },
        },
      ],
      since: '2026-11-22T02:58:00.000Z',
      seenFrom: 'the portal',
      seenAt: AGO,
    });
  });

  it('says of a viewpoint that answers nothing that it is not about the target', () => {
    expect(deriveState(evidence({ resolution: unanswered }), NOW)).toEqual({
      state: 'unknown',
      reasons: [
        {
          state: 'unknown',
          code: 'viewpoint-silent',
          params: {
            source: 'the portal',
            target: 'db.example.com',
            count: 1,
          },
        },
      ],
      seenFrom: 'the portal',
      seenAt: AGO,
      stale: false,
    });
  });

  it('counts the warnings and tells the first', () => {
    const warnings = [finding('warning', 'no-tls'), finding('warning', 'b')];
    const [reason] = deriveState(evidence({ findings: warnings }), NOW).reasons;
    expect(reason).toEqual({
      state: 'has-warnings',
      code: 'no-tls',
      params: { count: 2, message: 'message of no-tls' },
    });
  });

  it.each<[string, Partial<LineEvidence>, string]>([
    [
      'DNS was silent for too long',
      {
        resolution: resolution({ checkedAt: LONG_AGO }),
        resolutionStaleAt: LONG_AGO,
      },
      'resolves',
    ],
    [
      'the repository was silent for too long',
      {
        repository: { title: 'r', seenAt: LONG_AGO, staleAt: NOW },
      },
      'resolves',
    ],
    [
      'a problem was seen long ago, which stays a problem',
      {
        resolution: { ...failed, checkedAt: LONG_AGO },
        resolutionStaleAt: LONG_AGO,
      },
      'unresolved',
    ],
  ])('is stale when %s', (_name, over, state) => {
    expect(deriveState(evidence(over), NOW)).toMatchObject({
      state,
      stale: true,
      seenAt: LONG_AGO,
    });
  });

  it('names the one of several addresses that the organisation forbids', () => {
    const forbidden = {
      ...finding('error', 'policy-forbids-target'),
      value: '203.0.113.2',
    };
    const { reasons } = deriveState(
      evidence({ ...addresses, findings: [forbidden] }),
      NOW,
    );
    expect(reasons).toEqual([
      {
        state: 'not-allowed',
        code: 'policy-forbids-target',
        params: expect.objectContaining({ target: '203.0.113.2', count: 1 }),
      },
    ]);
  });
});
