import type { ManifestObject } from '../manifests/ManifestObject';
import {
  type EditableDocument,
  type EditableFile,
  isTooLarge,
} from './EditableFile';
import { type EditedFile, editFile } from './editFile';
import type { EditPlan } from './plan/EditPlan';
import type { EditResult } from './EditResult';
import { RefusedError } from './RefusedError';
import { isSame } from './text/yamlValue';

/** What a plan makes of the files. */
export interface Outcome {
  result: EditResult;
  /** The objects of all documents that were looked at, read back where they changed. */
  objects: ManifestObject[];
  /** Those that stand in documents that changed. */
  changed: ManifestObject[];
}

/**
 * Carries a plan out. `documents` are those that were looked at. Throws
 * NotEditableError, YamlProblemError and RefusedError.
 */
export function applyPlan(
  files: EditableFile[],
  documents: EditableDocument[],
  plan: EditPlan,
): Outcome {
  const effective = withoutIdle(plan);
  const touched = documents.filter(({ objects }) =>
    objects.some(
      object =>
        effective.changed.has(object) ||
        effective.added.some(({ after }) => after === object),
    ),
  );
  const edited = files.flatMap(file => {
    const own = touched.filter(document => document.file === file);
    const grows = effective.appended.some(({ path }) => path === file.path);
    return own.length > 0 || grows ? [editFile(file, own, effective)] : [];
  });
  edited.forEach(refuseTooLarge);
  const changed = edited.flatMap(({ pieces }) =>
    [...pieces.values()].flatMap(({ objects }) => objects),
  );
  const replaced = new Set(
    edited.flatMap(({ file, pieces }) =>
      documents.filter(
        document => document.file === file && pieces.has(document.index),
      ),
    ),
  );
  const kept = documents
    .filter(document => !replaced.has(document))
    .flatMap(({ objects }) => objects);
  return {
    result: resultOf(edited),
    objects: [...kept, ...changed],
    changed,
  };
}

function withoutIdle(plan: EditPlan): EditPlan {
  const changed = [...plan.changed].filter(
    ([object, manifest]) => !manifest || !isSame(manifest, object.manifest),
  );
  return { ...plan, changed: new Map(changed) };
}

function resultOf(edited: EditedFile[]): EditResult {
  const changed = edited.flatMap(({ file: { path }, content }) =>
    content === undefined ? [] : [{ path, content }],
  );
  const deleted = edited.flatMap(({ file: { path }, content }) =>
    content === undefined ? [path] : [],
  );
  return edited.length > 0
    ? { status: 'edited', changed, deleted }
    : { status: 'unchanged' };
}

/** What would not be read again must not be written. */
function refuseTooLarge({ file: { path }, content = '' }: EditedFile): void {
  if (isTooLarge(content)) {
    throw new RefusedError(
      'unreadable',
      `${path} would become too large to be read. Use another file.`,
      { file: path },
    );
  }
}
