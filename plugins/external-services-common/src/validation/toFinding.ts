import { nameOf, namespaceOf } from '../manifests/kinds';
import type { ManifestObject } from '../manifests/ManifestObject';
import { textAt } from '../manifests/reading';
import type { Finding, FindingSeverity, ObjectReference } from './Finding';
import { mechanicalFix } from './mechanicalFix';
import type { Problem } from './Problem';

/** A problem with its object and its place in the file. */
export function toFinding(
  object: ManifestObject,
  problem: Problem,
  severity: FindingSeverity,
): Finding {
  const { code, path, value, message, hint } = problem;
  const fix = problem.fix ?? mechanicalFix(object.manifest, problem);
  const finding: Finding = {
    code,
    severity,
    path,
    message,
    hint,
    object: referenceTo(object),
    position: object.positionOf(path),
  };
  if (value !== undefined) {
    finding.value = value;
  }
  if (fix) {
    finding.fix = fix;
  }
  if (object.path !== undefined) {
    finding.file = object.path;
  }
  return finding;
}

function referenceTo(object: ManifestObject): ObjectReference {
  const namespace = namespaceOf(object);
  return {
    apiVersion: textAt(object.manifest, 'apiVersion') ?? '',
    kind: textAt(object.manifest, 'kind') ?? '',
    name: nameOf(object),
    ...(namespace !== undefined && { namespace }),
  };
}
