import type { EditFile, EditResult } from './EditResult';
import type { ManifestChange } from './ManifestChange';

/**
 * Options of `editManifests`.
 *
 * @public
 */
export interface EditOptions {
  /** Names that mark a directory as an environment's, as for `collectExternalServices`. Default: none. */
  environments?: string[];
}

/**
 * Changes one mapping in the files of an entity as a careful person would:
 * comments, order, quoting, indentation, line ends and all other documents stay
 * as they are. `files` are all manifest files of the entity, since a mapping
 * may be spread over several. Never throws.
 *
 * @public
 */
export function editManifests(
  _files: EditFile[],
  change: ManifestChange,
  _options: EditOptions = {},
): EditResult {
  return {
    status: 'refused',
    reason: 'not-editable',
    message: `The change ${change.action} cannot be made yet.`,
  };
}
