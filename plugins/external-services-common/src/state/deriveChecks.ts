import type { Check, NotCheckedReason } from '../api/Check';
import { isDnsTarget } from '../model/ExternalService';
import {
  differing,
  differsFromOthers,
  isRollingOut,
  isSilent,
  missing,
} from './clusterReasons';
import type { LineEvidence } from './LineEvidence';

/**
 * The five checks of a connection, in the order it travels. What was not
 * checked says so and why; it never counts as passed.
 *
 * @public
 */
export function deriveChecks(evidence: LineEvidence): Check[] {
  const unresolved = evidence.resolution.status === 'failed';
  return [
    repositoryCheck(evidence),
    clusterCheck(evidence),
    dnsCheck(evidence),
    notChecked('connection', unresolved ? 'no-address' : 'probes-off'),
    notChecked('certificate', unresolved ? 'no-connection' : 'probes-off'),
  ];
}

function repositoryCheck({ findings, repository }: LineEvidence): Check {
  if (!repository) {
    return { check: 'repository', result: 'warning' };
  }
  const has = (severity: string) =>
    findings.some(finding => finding.severity === severity);
  const problem = has('warning') ? 'warning' : 'passed';
  return {
    check: 'repository',
    result: has('error') ? 'failed' : problem,
    seenFrom: repository.title,
    ...(repository.seenAt && { seenAt: repository.seenAt }),
  };
}

function clusterCheck({ clusters = [] }: LineEvidence): Check {
  if (clusters.length === 0) {
    return notChecked('cluster', 'no-cluster');
  }
  const heard = clusters.filter(cluster => cluster.seenAt !== undefined);
  const [seenAt] = heard.flatMap(cluster => cluster.seenAt ?? []).sort();
  const seen = seenAt && {
    seenFrom: heard.map(({ title }) => title).join(', '),
    seenAt,
  };
  if (clusters.some(missing)) {
    return { check: 'cluster', result: 'failed', ...seen };
  }
  if (clusters.some(differing) || clusters.some(differsFromOthers)) {
    return { check: 'cluster', result: 'warning', ...seen };
  }
  if (clusters.some(isRollingOut)) {
    return { ...notChecked('cluster', 'rolling-out'), ...seen };
  }
  return clusters.every(isSilent)
    ? { ...notChecked('cluster', 'cluster-silent'), ...seen }
    : { check: 'cluster', result: 'passed', ...seen };
}

function dnsCheck({ service, resolution, repository }: LineEvidence): Check {
  const { viewpoint, checkedAt } = resolution;
  const seen = {
    ...(viewpoint && { seenFrom: viewpoint }),
    ...(checkedAt && { seenAt: checkedAt }),
  };
  switch (resolution.status) {
    case 'resolved':
    case 'stale':
      return { check: 'dns', result: 'passed', ...seen };
    case 'failed':
      return { check: 'dns', result: 'failed', ...seen };
    case 'unanswered':
      return { ...notChecked('dns', 'viewpoint-silent'), ...seen };
    case 'notVisibleHere':
      return { ...notChecked('dns', 'not-visible-here'), ...seen };
    case 'notAsked':
      return { ...notChecked('dns', 'not-asked'), ...seen };
    case 'notApplicable':
      if (!isDnsTarget(service.target)) {
        return notChecked('dns', 'fixed-addresses');
      }
      return notChecked('dns', repository ? 'invalid' : 'undeclared');
    default:
      return notChecked('dns', 'pending');
  }
}

function notChecked(
  check: Check['check'],
  notCheckedReason: NotCheckedReason,
): Check {
  return { check, result: 'notChecked', notCheckedReason };
}
