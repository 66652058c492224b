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
import { lintOrphan, lintSource, placeOfService } from './sourceRules';
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
  const services = new Set(
    subjects.services.map(({ object }) => placeOfService(object)),
  );
  const problems: LintProblem[] = [
    ...subjects.services.flatMap(subject => [
      ...lintAlias(subject, context),
      ...lintIgnoredFields(subject),
      ...lintService(subject),
      ...lintEndpoints(subject),
      ...lintDeployment(subject, context),
      ...lintChange(subject, context),
    ]),
    ...subjects.sources.flatMap(source => lintSource(source, context)),
    ...subjects.orphans.map(orphan => lintOrphan(orphan, services)),
    ...lintPolicy(subjects, context),
    ...lintAcross(objects, subjects.services, environments),
    ...objects.flatMap(object => lintVersion(object, context)),
  ];
  return problems
    .map(applyAcceptance)
    .map(({ object, severity, ...problem }) =>
      toFinding(object, problem, severity),
    );
}
