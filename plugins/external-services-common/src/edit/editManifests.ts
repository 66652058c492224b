import { EditableFile } from './EditableFile';
import type { EditFile, EditResult } from './EditResult';
import { editAdd } from './editAdd';
import { editMapping } from './editMapping';
import type { EditOptions } from './EditOptions';
import type { ManifestChange } from './ManifestChange';

/**
 * Changes one mapping in the files of an entity as a careful person would:
 * comments, order, quoting, indentation, line ends and all other documents stay
 * as they are. `files` are all manifest files of the entity, since a mapping
 * may be spread over several. A `kustomization.yaml` among them goes on listing
 * what is there when the edit makes or deletes a file. Addresses stay where they
 * stand, as their order means nothing to Kubernetes.
 *
 * Never throws. What cannot be edited safely is refused, with the reason, the
 * place and, where it is known, the YAML to write by hand. Every result was read
 * back before it is returned: it says what was asked for, the API server takes
 * it where it took what was there, and everything else is as before.
 *
 * Laws:
 * - The same edit again answers `unchanged`.
 * - An edit followed by its inverse gives the original bytes, unless it has to
 *   take out something that a person wrote otherwise than it would be written
 *   here: a port, an address or an EndpointSlice with a comment, or with other
 *   fields, quotes or layout; a value that YAML needs quotes for in place of a
 *   plain one, or one spelled otherwise (`0x50` for 80). A default that had to be
 *   written out stays.
 * - From a DNS name to addresses and back it holds where `externalName` follows
 *   `type` and neither has a comment; from addresses to a DNS name and back
 *   where what holds the addresses is as `renderManifests` writes it and stands
 *   behind its Service.
 *
 * Linear in the size of the files; only documents that say the mapping's name
 * are parsed.
 *
 * @public
 */
export function editManifests(
  files: EditFile[],
  change: ManifestChange,
  options: EditOptions = {},
): EditResult {
  const editable = files.map(file => new EditableFile(file));
  return change.action === 'add'
    ? editAdd(editable, change, options)
    : editMapping(editable, change, options);
}
