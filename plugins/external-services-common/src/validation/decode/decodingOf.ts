import type { ExternalServiceKind } from '../../manifests/kinds';
import {
  type DecodedManifest,
  decodeManifest,
  NODE_HINTS_SINCE,
} from './decodeManifest';

const DECODINGS: {
  [Kind in ExternalServiceKind]: WeakMap<object, DecodedManifest<Kind>>;
} = {
  Service: new WeakMap(),
  Endpoints: new WeakMap(),
  EndpointSlice: new WeakMap(),
};

/**
 * `decodeManifest`, once for each manifest: validation and lint look at the same
 * ones, so neither may change what is decoded.
 */
export function decodingOf<Kind extends ExternalServiceKind>(
  manifest: Record<string, unknown>,
  kind: Kind,
  minor: number,
): DecodedManifest<Kind> {
  // Older versions know fewer fields.
  if (minor < NODE_HINTS_SINCE) {
    return decodeManifest(manifest, kind, minor);
  }
  const decodings = DECODINGS[kind];
  const known = decodings.get(manifest);
  if (known) {
    return known;
  }
  const decoding = decodeManifest(manifest, kind, minor);
  decodings.set(manifest, decoding);
  return decoding;
}
