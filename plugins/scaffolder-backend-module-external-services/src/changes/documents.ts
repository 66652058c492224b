import { parseManifests } from '@external-services/backstage-plugin-external-services-common/yaml';

/** The line that stands between two documents. */
const SEPARATOR = /^---(?=\s|$)/;

/**
 * Splits a file into its documents, each with its comments, without separators.
 *
 * @internal
 */
export function splitDocuments(content: string): string[] {
  const documents: string[][] = [[]];
  for (const line of content.split(/(?<=\n)/)) {
    if (SEPARATOR.test(line)) {
      documents.push([]);
    } else {
      documents[documents.length - 1].push(line);
    }
  }
  return documents
    .map(lines => lines.join(''))
    .filter(document => document.trim() !== '');
}

/**
 * Puts documents together again.
 *
 * @internal
 */
export function joinDocuments(documents: string[]): string {
  return documents
    .map(document => (document.endsWith('\n') ? document : `${document}\n`))
    .join('---\n');
}

/**
 * What tells one object in a file from another.
 *
 * @internal
 */
export function identityOf(manifest: Record<string, unknown>): string {
  const metadata = (manifest.metadata ?? {}) as Record<string, unknown>;
  const labels = (metadata.labels ?? {}) as Record<string, unknown>;
  return JSON.stringify([
    manifest.kind,
    metadata.namespace ?? '',
    metadata.name,
    labels['external-services/environment'] ?? '',
  ]);
}

/**
 * The documents that hold none of the objects.
 *
 * @internal
 */
export function withoutObjects(
  documents: string[],
  identities: string[],
): string[] {
  return documents.filter(
    document =>
      !parseManifests(document).objects.some(({ manifest }) =>
        identities.includes(identityOf(manifest)),
      ),
  );
}
