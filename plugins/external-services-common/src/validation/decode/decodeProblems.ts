import type { ExternalServiceKind } from '../../manifests/kinds';
import type { Problem } from '../Problem';
import { decodeManifest } from './decodeManifest';

/** What keeps the server from reading an object of the kind, as `decodeManifest` finds it. */
export function decodeProblems(
  manifest: Record<string, unknown>,
  kind: ExternalServiceKind,
  minor: number,
): Problem[] {
  return decodeManifest(manifest, kind, minor).problems;
}
