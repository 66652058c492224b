import { YamlProblemError } from '../yaml/YamlProblem';
import type { EditFile, EditResult } from './EditResult';
import { NotEditableError } from './text/NotEditableError';
import { RefusedError } from './RefusedError';

/** The answer to an edit that ended with an error; `what` was to be changed. */
export function refused(
  error: unknown,
  what: string,
  wanted: () => EditFile[] | undefined,
): EditResult {
  const files = tryMake(wanted);
  return {
    status: 'refused',
    ...reasonOf(error, what),
    ...(files && { wanted: files }),
  };
}

function reasonOf(
  error: unknown,
  what: string,
): Omit<Extract<EditResult, { status: 'refused' }>, 'status' | 'wanted'> {
  if (error instanceof RefusedError) {
    const { reason, message, place } = error;
    return { reason, message, ...place };
  }
  const isOfText =
    error instanceof NotEditableError || error instanceof YamlProblemError;
  // Anything else is a defect of the editing; the files stay as they are then, too.
  const detail = isOfText ? '' : ` (${String(error)})`;
  return {
    reason: 'not-editable',
    message: `${what} is written in a way that cannot be changed without risk${detail}. Change it by hand.`,
  };
}

/** What cannot even be rendered is not known. */
function tryMake(make: () => EditFile[] | undefined): EditFile[] | undefined {
  try {
    return make();
  } catch (error) {
    return undefined;
  }
}
