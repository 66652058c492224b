import { resolveSafeChildPath } from '@backstage/backend-plugin-api';
import { InputError } from '@backstage/errors';

/**
 * A path below a folder, checked with its symbolic links followed.
 *
 * @param field - input of the action that the path comes from
 * @throws InputError when it leads out of the folder
 * @internal
 */
export function safePath(folder: string, path: string, field: string): string {
  try {
    return resolveSafeChildPath(folder, path);
  } catch {
    throw new InputError(
      `${field}: ${JSON.stringify(
        path,
      )} leads out of the workspace. Use a relative path without ".." and without links that lead out.`,
    );
  }
}
