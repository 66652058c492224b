import type { ExternalServiceKind } from '../../manifests/kinds';
import type { ManifestObject, Position } from '../../manifests/ManifestObject';
import {
  type DecodedManifest,
  decodeManifest,
  NODE_HINTS_SINCE,
} from './decodeManifest';

/**
 * A ManifestObject that is decoded once: validation and lint look at the same
 * ones, so neither may change what is decoded. It goes with the object, where a
 * WeakMap would hold it until the next full collection of garbage.
 */
export class DecodableObject implements ManifestObject {
  #decoded?: DecodedManifest<ExternalServiceKind>;

  constructor(
    readonly manifest: Record<string, unknown>,
    readonly path: string | undefined,
    readonly line: number,
    readonly positionOf: (fieldPath: string) => Position,
  ) {}

  /** As the newest version reads the manifest. */
  decodedAs<Kind extends ExternalServiceKind>(
    kind: Kind,
  ): DecodedManifest<Kind> {
    this.#decoded ??= decodeManifest<ExternalServiceKind>(
      this.manifest,
      kind,
      NODE_HINTS_SINCE,
    );
    // A manifest is of one kind.
    return this.#decoded as DecodedManifest<Kind>;
  }
}
