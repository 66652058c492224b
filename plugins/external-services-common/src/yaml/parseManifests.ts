import type { ManifestObject } from '../manifests/ManifestObject';
import type { Finding } from '../validation/Finding';
import { ManifestFile } from './ManifestFile';

/**
 * What a text holds.
 *
 * @public
 */
export interface ParsedManifests {
  /** Services without selector, Endpoints and EndpointSlices, in the order of the text. */
  objects: ManifestObject[];
  /** What could not be read, with file and position. */
  findings: Finding[];
}

/**
 * Reads the manifests of external services from YAML or JSON, as the API server
 * reads them: several documents, `List` kinds, YAML 1.1 in Go's reading (`on`
 * is a boolean, `0120` is 80). Other objects are left out.
 *
 * Never throws on input. A broken document is a finding and leaves the others
 * readable; aliases are not decided; templates, kustomizations that change
 * manifests, and patches are one note a file. `path` is the file, relative to
 * the repository root. Default: none.
 *
 * @public
 */
export function parseManifests(text: string, path?: string): ParsedManifests {
  const file = new ManifestFile(text, path);
  file.read();
  return { objects: file.objects, findings: file.findings };
}
