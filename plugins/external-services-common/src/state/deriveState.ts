import { isDnsTarget } from '../model/ExternalService';
import type { Finding } from '../validation/Finding';
import type { FindingCode } from '../validation/FindingCode';
import { clusterProblems, isSilent, rollingOut, runs } from './clusterReasons';
import { compareReasons } from './compareStates';
import { CLUSTER_STATES, witnessOf } from './witnessOf';
import type { DerivedState, StateReason } from './DerivedState';
import type { LineEvidence } from './LineEvidence';
import type { StateCode } from './StateCode';

/**
 * The state of one mapping in one environment. Where no cluster is compared,
 * `resolves` is the best state of a name and `declared` that of addresses; where
 * clusters are, `in-sync` needs every one of them that answers. `now` is ISO 8601.
 *
 * A source that does not answer takes nothing away from what the others say: it
 * stands as a reason of its own behind theirs, and is the state only when no
 * source that could tell the state answers.
 *
 * Staleness is a qualifier and changes no state: the caller shows it beside the word.
 *
 * @public
 */
export function deriveState(evidence: LineEvidence, now: string): DerivedState {
  const problems = [
    ...invalid(evidence),
    ...notAllowed(evidence),
    ...clusterProblems(evidence),
    ...unresolved(evidence),
    ...warnings(evidence),
    ...rollingOut(evidence),
  ].sort(compareReasons);
  const silences = silentSources(evidence);
  const known =
    problems.length === 0 &&
    (silences.length === 0 || somethingAnswers(evidence))
      ? [withoutProblem(evidence)]
      : problems;
  const reasons = [...known, ...silences];
  const { state } = reasons[0];
  const witness = witnessOf(state, evidence);
  const stale = staleness(state, evidence, now);
  const seenAt = stale.seenAt ?? witness.seenAt;
  return {
    state,
    reasons,
    ...(witness.since && { since: witness.since }),
    ...(witness.seenFrom && { seenFrom: witness.seenFrom }),
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
  { findings, declaration, clusters = [] }: LineEvidence,
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
      // The service works with what was accepted before.
      ...(clusters.some(runs) && { tone: 'warning' as const }),
      code,
      params: {
        file: file ?? declaration?.path ?? '',
        line: position?.line ?? declaration?.line ?? 1,
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

/** What does not answer, said once for all clusters and once for the viewpoint. */
function silentSources({
  service,
  clusters = [],
  resolution,
}: LineEvidence): StateReason[] {
  const silent = clusters.filter(isSilent);
  const reasons: StateReason[] = [];
  if (silent.length > 0) {
    const [{ title, silence }] = silent;
    reasons.push({
      state: 'unknown',
      ...(silence && { code: silence }),
      params: { source: title, count: silent.length },
    });
  }
  if (resolution.status === 'unanswered' && isDnsTarget(service.target)) {
    reasons.push({
      state: 'unknown',
      code: 'viewpoint-silent',
      params: {
        source: resolution.viewpoint ?? '',
        target: service.target.dnsName,
        count: 1,
      },
    });
  }
  return reasons;
}

/** A repository says what should be, and never whether it is so. */
function somethingAnswers({
  clusters = [],
  resolution,
}: LineEvidence): boolean {
  return clusters.length > 0
    ? !clusters.every(isSilent)
    : resolution.status !== 'unanswered';
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

function withoutProblem({
  service,
  resolution,
  clusters = [],
}: LineEvidence): StateReason {
  const compared = clusters.length > 0;
  const agreeing = compared && {
    clusters: clusters
      .filter(runs)
      .map(({ title }) => title)
      .join(', '),
  };
  if (!isDnsTarget(service.target)) {
    return {
      state: compared ? 'in-sync' : 'declared',
      code: 'fixed-addresses',
      params: { ...agreeing },
    };
  }
  const target = service.target.dnsName;
  switch (resolution.status) {
    case 'resolved':
    case 'stale':
      return {
        state: compared ? 'in-sync' : 'resolves',
        params: { target, count: resolution.addresses.length, ...agreeing },
      };
    case 'pending':
      return { state: 'checking', params: { target } };
    case 'unanswered':
      // Only clusters have answered, and they agree.
      return {
        state: 'in-sync',
        code: 'without-dns',
        params: { target, ...agreeing },
      };
    case 'notAsked':
      return {
        state: compared ? 'in-sync' : 'declared',
        code: 'not-asked',
        params: { target, ...agreeing },
      };
    default:
      // Seen from a place that need not know the name: neither good nor bad.
      return {
        state: compared ? 'in-sync' : 'declared',
        code: 'not-visible-here',
        params: {
          target,
          ...(resolution.viewpoint && { viewpoint: resolution.viewpoint }),
          ...agreeing,
        },
      };
  }
}

/** Of clusters only those count that tell the state; all of them tell that they agree. */
function staleness(
  state: StateCode,
  { repository, resolution, resolutionStaleAt, clusters = [] }: LineEvidence,
  now: string,
): { stale: boolean; seenAt?: string } {
  const old: { staleAt?: string; seenAt?: string }[] = [
    { staleAt: repository?.staleAt, seenAt: repository?.seenAt },
    { staleAt: resolutionStaleAt, seenAt: resolution.checkedAt },
  ].filter(({ staleAt }) => staleAt !== undefined && staleAt <= now);
  const told = CLUSTER_STATES[state] ?? (() => false);
  old.push(...clusters.filter(cluster => cluster.stale && told(cluster)));
  const [seenAt] = old.flatMap(source => source.seenAt ?? []).sort();
  return { stale: old.length > 0, ...(seenAt && { seenAt }) };
}
