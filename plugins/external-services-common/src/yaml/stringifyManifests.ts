import { dump } from 'js-yaml';
import type { Manifest } from '../manifests/Manifest';
import { GO_DUMP_SCHEMA } from './goDumpSchema';
import { parseDocuments } from './DocumentEvents';
import { readYaml } from './readYaml';

/**
 * Manifests as YAML, one document each: serialised, never put together as text.
 * Texts that YAML 1.1 would read as something else are quoted. Same input, same bytes.
 *
 * Throws an Error when the text, read as the API server reads it, is not what
 * went in; that is a defect and not an input error.
 *
 * @public
 */
export function stringifyManifests(manifests: Manifest[]): string {
  return stringifyDocuments(manifests);
}

/** `stringifyManifests` for objects of any kind. */
export function stringifyDocuments(documents: object[]): string {
  const text = documents
    .map(document =>
      dump(document, { schema: GO_DUMP_SCHEMA, lineWidth: -1, noRefs: true }),
    )
    .join('---\n');
  const read = parseDocuments(text, 0).map(
    document => readYaml(document).value,
  );
  if (JSON.stringify(read) !== JSON.stringify(documents)) {
    throw new Error(
      'The YAML written is not read back as what it was made from',
    );
  }
  return text;
}
