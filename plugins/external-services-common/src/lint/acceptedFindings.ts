import { ACCEPT_ANNOTATION } from '../catalog/annotations';
import { annotationOf } from '../manifests/kinds';
import type { LintProblem } from './LintProblem';

/**
 * Turns a warning that somebody accepted, with a reason, into a note that says so.
 * A reason is required: without one the warning stays.
 */
export function applyAcceptance(problem: LintProblem): LintProblem {
  if (problem.severity !== 'warning') {
    return problem;
  }
  const reason = acceptedReasons(problem).get(problem.code);
  return reason
    ? {
        ...problem,
        severity: 'info',
        message: `${problem.message} Accepted: ${reason}`,
      }
    : problem;
}

/** `code: reason`, one a line. */
function acceptedReasons({ object }: LintProblem): Map<string, string> {
  const lines = annotationOf(object, ACCEPT_ANNOTATION)?.split('\n') ?? [];
  return new Map(
    lines.map(line => {
      const [code, ...reason] = line.split(':');
      return [code.trim(), reason.join(':').trim()];
    }),
  );
}
