import type { ManifestObject } from '../manifests/ManifestObject';
import { YamlProblemError } from '../yaml/YamlProblem';
import type { EditFile, EditResult } from './EditResult';
import { NotEditableError } from './text/NotEditableError';
import { notEditable, RefusedError } from './RefusedError';

type Place = Pick<ManifestObject, 'path' | 'line'>;

/**
 * The answer to an edit that ended with an error; `place` is what was to be
 * changed, `wanted` gets the file that is in the way.
 */
export function refused(
  error: unknown,
  place: Place,
  wanted: (file: string | undefined) => EditFile[] | undefined,
): EditResult {
  const why = reasonOf(error, place);
  const files = tryMake(() => wanted(why.file));
  return {
    status: 'refused',
    ...why,
    ...(files && { wanted: files }),
  };
}

function reasonOf(
  error: unknown,
  place: Place,
): Omit<Extract<EditResult, { status: 'refused' }>, 'status' | 'wanted'> {
  if (error instanceof RefusedError) {
    const { reason, message, place: known } = error;
    return { reason, message, ...known };
  }
  const refusal = reasonOf(notEditable(place), place);
  const isOfText =
    error instanceof NotEditableError || error instanceof YamlProblemError;
  // Anything else is a defect of the editing; the files stay as they are then, too.
  return isOfText
    ? refusal
    : { ...refusal, message: `${refusal.message} (${String(error)})` };
}

/** What cannot even be rendered is not known. */
function tryMake(make: () => EditFile[] | undefined): EditFile[] | undefined {
  try {
    return make();
  } catch (error) {
    return undefined;
  }
}
