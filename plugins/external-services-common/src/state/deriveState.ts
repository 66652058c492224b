import { isDnsTarget } from '../model/ExternalService';
import type { Finding } from '../validation/Finding';
import type { FindingCode } from '../validation/FindingCode';
import type { DerivedState, StateReason } from './DerivedState';
import type { LineEvidence } from './LineEvidence';
import { compareStates, type StateCode } from './StateCode';

/**
 * The state of one mapping in one environment, for a portal that compares with
 * no cluster: `resolves` is then the best state of a name and `declared` that of
 * addresses. `now` is ISO 8601.
 *
 * Staleness is a qualifier and changes no state: the caller shows it beside the word.
 *
 * @public
 */
export function deriveState(evidence: LineEvidence, now: string): DerivedState {
  const problems = [
    ...invalid(evidence),
    ...notAllowed(evidence),
    ...unresolved(evidence),
    ...warnings(evidence),
  ].sort((a, b) => compareStates(a.state, b.state));
  const reasons = problems.length > 0 ? problems : [withoutProblem(evidence)];
  const { state } = reasons[0];
  const { repository, resolution } = evidence;
  const fromDns = state === 'unresolved' || state === 'resolves';
  const since = state === 'unresolved' ? resolution.since : undefined;
  const seenFrom = fromDns ? resolution.viewpoint : repository.title;
  const stale = staleness(evidence, now);
  const seenAt =
    stale.seenAt ?? (fromDns ? resolution.checkedAt : repository.seenAt);
  return {
    state,
    reasons,
    ...(since && { since }),
    ...(seenFrom && { seenFrom }),
    ...(seenAt && { seenAt }),
    stale: stale.stale,
  };
}

const FORBIDDEN: FindingCode = 'policy-forbids-target';

function invalid(evidence: LineEvidence): StateReason[] {
  return errorState(evidence, 'invalid', ({ code }) => code !== FORBIDDEN);
}

function notAllowed(evidence: LineEvidence): StateReason[] {
  return errorState(evidence, 'not-allowed', ({ code }) => code === FORBIDDEN);
}

function errorState(
  { findings, declaration }: LineEvidence,
  state: StateCode,
  belongs: (finding: Finding) => boolean,
): StateReason[] {
  const errors = findings.filter(
    finding => finding.severity === 'error' && belongs(finding),
  );
  if (errors.length === 0) {
    return [];
  }
  const [{ code, message, path, value, file, position }] = errors;
  return [
    {
      state,
      code,
      params: {
        file: file ?? declaration.path,
        line: position?.line ?? declaration.line,
        path,
        ...(value !== undefined && { target: value }),
        message,
        count: errors.length,
      },
    },
  ];
}

function unresolved({ service, resolution }: LineEvidence): StateReason[] {
  if (resolution.status !== 'failed' || !isDnsTarget(service.target)) {
    return [];
  }
  const target = service.target.dnsName;
  return [
    {
      state: 'unresolved',
      ...(resolution.failure && { code: resolution.failure }),
      params: {
        target,
        failingName: resolution.failingName ?? target,
        ...(resolution.since && { since: resolution.since }),
        ...(resolution.viewpoint && { viewpoint: resolution.viewpoint }),
      },
    },
  ];
}

function warnings({ findings }: LineEvidence): StateReason[] {
  const found = findings.filter(({ severity }) => severity === 'warning');
  return found.length === 0
    ? []
    : [
        {
          state: 'has-warnings',
          code: found[0].code,
          params: { count: found.length, message: found[0].message },
        },
      ];
}

function withoutProblem({ service, resolution }: LineEvidence): StateReason {
  if (!isDnsTarget(service.target)) {
    return { state: 'declared', code: 'fixed-addresses', params: {} };
  }
  const target = service.target.dnsName;
  switch (resolution.status) {
    case 'resolved':
    case 'stale':
      return {
        state: 'resolves',
        params: { target, count: resolution.addresses.length },
      };
    case 'pending':
      return { state: 'checking', params: { target } };
    default:
      // Seen from a place that need not know the name: neither good nor bad.
      return {
        state: 'declared',
        code: 'not-visible-here',
        params: {
          target,
          ...(resolution.viewpoint && { viewpoint: resolution.viewpoint }),
        },
      };
  }
}

function staleness(
  { repository, resolution, resolutionStaleAt }: LineEvidence,
  now: string,
): { stale: boolean; seenAt?: string } {
  const old = [
    { staleAt: repository.staleAt, seenAt: repository.seenAt },
    { staleAt: resolutionStaleAt, seenAt: resolution.checkedAt },
  ].filter(({ staleAt }) => staleAt !== undefined && staleAt <= now);
  const [seenAt] = old.flatMap(source => source.seenAt ?? []).sort();
  return { stale: old.length > 0, ...(seenAt && { seenAt }) };
}
