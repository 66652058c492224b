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
 * @throws InputError with everything that the cluster would refuse
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
    throw new InputError(
      `The cluster would refuse this:\n${refused
        .map(({ path, message, hint }) =>
          [`${path}: ${message}`, hint].filter(Boolean).join(' '),
        )
        .join('\n')}`,
    );
  }
  return findings;
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
