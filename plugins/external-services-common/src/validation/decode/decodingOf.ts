import type { ExternalServiceKind } from '../../manifests/kinds';
import type { ManifestObject } from '../../manifests/ManifestObject';
import { DecodableObject } from './DecodableObject';
import {
  type DecodedManifest,
  decodeManifest,
  NODE_HINTS_SINCE,
} from './decodeManifest';

/** `decodeManifest`, once for each object where it can be kept. `kind` is the one the manifest means to have. */
export function decodingOf<Kind extends ExternalServiceKind>(
  object: ManifestObject,
  kind: Kind,
  minor: number,
): DecodedManifest<Kind> {
  // Older versions know fewer fields.
  return object instanceof DecodableObject && minor >= NODE_HINTS_SINCE
    ? object.decodedAs(kind)
    : decodeManifest(object.manifest, kind, minor);
}
