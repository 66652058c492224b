import {
  type Finding,
  type LintContext,
  lintManifests,
  validateManifests,
} from '@external-services/backstage-plugin-external-services-common';
import {
  parseManifests,
  type RenderedFile,
} from '@external-services/backstage-plugin-external-services-common/yaml';
import { InputError } from '@backstage/errors';

/**
 * What there is to say about files that are about to be written.
 *
 * @param before - the files as they were: what was wrong in them already is
 * nobody's fault now. Default: none
 * @throws InputError with everything that the cluster would refuse, or the organisation does not allow
 * @internal
 */
export function checkFiles(
  files: RenderedFile[],
  context: LintContext,
  before: RenderedFile[] = [],
): Finding[] {
  const known = new Set(findingsOf(before, context).map(sameness));
  const findings = findingsOf(files, context);
  const refused = findings.filter(
    finding => finding.severity === 'error' && !known.has(sameness(finding)),
  );
  if (refused.length > 0) {
    throw new InputError(refusal(refused));
  }
  return findings;
}

function refusal(refused: Finding[]): string {
  const lines = (findings: Finding[], place: (finding: Finding) => string) =>
    findings.map(finding =>
      [`${place(finding)}: ${finding.message}`, finding.hint]
        .filter(Boolean)
        .join(' '),
    );
  const forbidden = refused.filter(isForbidden);
  const wrong = refused.filter(finding => !isForbidden(finding));
  return [
    ...new Set(lines(forbidden, () => 'targets (Where does it lead?)')),
    ...(wrong.length > 0 ? ['The cluster would refuse this:'] : []),
    ...lines(wrong, ({ path }) => path),
  ].join('\n');
}

/** A cluster would take it; the organisation does not. */
function isForbidden({ code }: Finding): boolean {
  return code === 'policy-forbids-target';
}

function findingsOf(files: RenderedFile[], context: LintContext): Finding[] {
  const objects = files.flatMap(
    ({ path, content }) => parseManifests(content, path).objects,
  );
  return [...validateManifests(objects), ...lintManifests(objects, context)];
}

function sameness({ code, path, message, object, file }: Finding): string {
  return JSON.stringify([code, path, message, object, file]);
}
