import type { ManifestObject } from '../manifests/ManifestObject';
import type { Finding } from '../validation/Finding';
import { toFinding } from '../validation/toFinding';
import { applyAcceptance } from './acceptedFindings';
import { lintAcross } from './acrossRules';
import { lintAlias } from './aliasRules';
import { lintChange } from './changeRules';
import { lintDeployment } from './deployRules';
import { lintEndpoints } from './endpointRules';
import { lintIgnoredFields } from './ignoredFieldRules';
import type { LintContext } from './LintContext';
import type { LintProblem } from './LintProblem';
import { lintSubjects } from './LintSubject';
import { lintPolicy } from './policyRules';
import { lintService } from './serviceRules';
import { lintOrphans, lintSource } from './sourceRules';
import { lintVersion } from './versionRules';

/**
 * What the API server accepts and a careful engineer would not: warnings, and
 * notes where something is true of every correct mapping of its kind. A warning
 * can be accepted in the file with the annotation `external-services/accept`.
 * What `context.policies` forbid is an error, which nobody can accept.
 *
 * Objects that the server could not decode are left to `validateManifests`.
 *
 * @public
 */
export function lintManifests(
  objects: ManifestObject[],
  context: LintContext = {},
): Finding[] {
  const environments = context.environments ?? [];
  const subjects = lintSubjects(objects, environments);
  const findings: Finding[] = [];
  const report = (found: LintProblem) => {
    const problem = applyAcceptance(found);
    findings.push(toFinding(problem.object, problem, problem.severity));
  };
  for (const subject of subjects.services) {
    lintAlias(subject, context, report);
    lintIgnoredFields(subject, report);
    lintService(subject, report);
    lintEndpoints(subject, report);
    lintDeployment(subject, context, report);
    lintChange(subject, context, report);
  }
  for (const source of subjects.sources) {
    lintSource(source, context, report);
  }
  lintOrphans(subjects, report);
  lintPolicy(subjects, context, report);
  lintAcross(objects, subjects.services, environments, report);
  for (const object of objects) {
    lintVersion(object, context, report);
  }
  return findings;
}
