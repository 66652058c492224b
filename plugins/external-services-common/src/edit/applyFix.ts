import { intendedKind, nameOf } from '../manifests/kinds';
import type { ManifestObject } from '../manifests/ManifestObject';
import type { Finding } from '../validation/Finding';
import { withValueAt } from '../validation/fieldValue';
import { applyPlan } from './applyPlan';
import { checkAccepted } from './checkEdit';
import { type EditableDocument, EditableFile } from './EditableFile';
import type { EditFile, EditResult } from './EditResult';
import { emptyPlan } from './plan/EditPlan';
import { refused } from './refused';
import { RefusedError } from './RefusedError';

/**
 * Carries out the fix of a finding, with the care of `editManifests`: only the
 * fields that it names change, everything else stays as it is. Never throws; a
 * finding without fix, a file that changed since, and a fix that would make a
 * new error are refused.
 *
 * @public
 */
export function applyFix(files: EditFile[], finding: Finding): EditResult {
  const { object: about, file: path = '', fix } = finding;
  try {
    if (!fix) {
      throw new RefusedError(
        'not-editable',
        `Nobody but you can decide about this: ${finding.message}`,
        { file: path, line: finding.position?.line },
      );
    }
    const editable = files.map(file => new EditableFile(file));
    const document = documentOf(editable, finding);
    const object = document?.objects.findLast(
      candidate =>
        nameOf(candidate) === about?.name &&
        intendedKind(candidate.manifest) !== undefined &&
        candidate.manifest.kind === about.kind &&
        candidate.line <= (finding.position?.line ?? Infinity),
    );
    if (!document || !object) {
      throw new RefusedError(
        'not-found',
        `${path} does not hold what the finding is about any more. Check the files again.`,
        { file: path },
      );
    }
    return applied(editable, document, object, fix.changes);
  } catch (error) {
    const line = finding.position?.line ?? 1;
    return refused(error, { path, line }, () => undefined);
  }
}

function documentOf(
  files: EditableFile[],
  { file: path, position }: Finding,
): EditableDocument | undefined {
  const file = files.find(candidate => candidate.path === path);
  return position && file && !file.isTooLarge
    ? file.documentAtLine(position.line)
    : undefined;
}

function applied(
  files: EditableFile[],
  document: EditableDocument,
  object: ManifestObject,
  changes: { path: string; value?: unknown }[],
): EditResult {
  const manifest = changes.reduce(
    (before, { path, value }) => withValueAt(before, path, value),
    object.manifest,
  );
  const plan = emptyPlan();
  plan.changed.set(object, manifest);
  const outcome = applyPlan(files, [document], plan);
  checkAccepted(document.objects, outcome.changed, path =>
    changes.some(change => path.startsWith(change.path)),
  );
  return outcome.result;
}
