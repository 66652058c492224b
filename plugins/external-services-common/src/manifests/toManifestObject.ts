import { DecodableObject } from '../validation/decode/DecodableObject';
import type { Manifest } from './Manifest';
import type { ManifestObject } from './ManifestObject';

/**
 * Wraps an object that was not read from a text: one just rendered, or one of a cluster.
 * Every position is line 1, column 1.
 *
 * @public
 */
export function toManifestObject(
  manifest: Manifest | Record<string, unknown>,
  path?: string,
): ManifestObject {
  return new DecodableObject({ ...manifest }, path, 1, () => ({
    line: 1,
    column: 1,
  }));
}
