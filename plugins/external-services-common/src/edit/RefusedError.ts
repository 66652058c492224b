import type { ManifestObject } from '../manifests/ManifestObject';
import type { EditRefusal } from './EditResult';

/** Ends an edit that must not be made. */
export class RefusedError extends Error {
  constructor(
    readonly reason: EditRefusal,
    message: string,
    readonly place: { file?: string; line?: number } = {},
  ) {
    super(message);
    this.name = 'RefusedError';
  }

  /** About an object; `rest` goes on where "file:line" ends. */
  static at(
    { path, line }: Pick<ManifestObject, 'path' | 'line'>,
    reason: EditRefusal,
    rest: string,
  ): RefusedError {
    return new RefusedError(reason, `${path ?? 'line'}:${line} ${rest}`, {
      ...(path !== undefined && { file: path }),
      line,
    });
  }
}

/** The refusal of what could be changed only by luck. */
export function notEditable(
  place: Pick<ManifestObject, 'path' | 'line'>,
): RefusedError {
  return RefusedError.at(
    place,
    'not-editable',
    'is written in a way that cannot be changed without risk. Change it by hand.',
  );
}
