import {
  intendedKind,
  isAlias,
  isHeadless,
  nameOf,
  namespaceOf,
} from '../manifests/kinds';
import { objectAt, textAt } from '../manifests/reading';
import type { LintContext } from './LintContext';
import type { LintReport } from './LintProblem';
import type { LintSubject } from './LintSubject';

/**
 * Changes that are answered with success and do nothing.
 * Source: `registry/core/service/storage` patchAllocatedValues.
 */
export function lintChange(
  { object }: LintSubject,
  { existing }: LintContext,
  report: LintReport,
): void {
  const stored = existing?.find(
    other =>
      intendedKind(other.manifest) === 'Service' &&
      nameOf(other) === nameOf(object) &&
      [undefined, namespaceOf(other)].includes(namespaceOf(object)),
  );
  if (
    stored &&
    isHeadless(stored.manifest) &&
    !isAlias(object.manifest) &&
    textAt(objectAt(object.manifest, 'spec'), 'clusterIP') === undefined
  ) {
    report({
      object,
      severity: 'warning',
      code: 'ignored-change',
      path: 'spec.clusterIP',
      message:
        'The Service is headless in the cluster and stays so: Kubernetes accepts this change and ignores it.',
      hint: 'Add a Service under another name and move the application, or delete this one first.',
    });
  }
}
