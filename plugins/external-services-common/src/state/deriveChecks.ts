import type { Check, NotCheckedReason } from '../api/Check';
import { isDnsTarget } from '../model/ExternalService';
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
    notChecked('cluster', 'no-cluster'),
    dnsCheck(evidence),
    notChecked('connection', unresolved ? 'no-address' : 'probes-off'),
    notChecked('certificate', unresolved ? 'no-connection' : 'probes-off'),
  ];
}

function repositoryCheck({ findings, repository }: LineEvidence): Check {
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

function dnsCheck({ service, resolution }: LineEvidence): Check {
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
    case 'notVisibleHere':
      return { ...notChecked('dns', 'not-visible-here'), ...seen };
    case 'notApplicable':
      return notChecked(
        'dns',
        isDnsTarget(service.target) ? 'invalid' : 'fixed-addresses',
      );
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
