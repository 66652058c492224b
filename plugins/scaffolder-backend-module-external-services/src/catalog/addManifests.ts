import { parseEntityRef } from '@backstage/catalog-model';
import { MANIFESTS_ANNOTATION } from '@external-services/backstage-plugin-external-services-common';
import {
  type Document,
  isMap,
  isScalar,
  parseAllDocuments,
  type Scalar,
  type YAMLMap,
} from 'yaml';

/**
 * Names more files in the manifests annotation of an entity, changing nothing
 * else of catalog-info.yaml, comments and order included.
 *
 * @param values - `added` to the annotation; `kept` stand before them if there is no annotation yet
 * @returns undefined when the file is written in a way that cannot be edited safely
 * @internal
 */
export function addManifests(
  content: string,
  entityRef: string,
  values: { added: string[]; kept: string[] },
): string | undefined {
  const index = indexOfEntity(content, entityRef);
  const metadata = index >= 0 ? metadataOf(content, index) : undefined;
  if (!metadata) {
    return undefined;
  }
  const present = stringAt(metadata, ['annotations', MANIFESTS_ANNOTATION]);
  const value = [
    ...(present ? [present.trim()] : values.kept),
    ...values.added,
  ].join(', ');
  const edited = edit(content, metadata, value);
  // Read back: an edit that is not what was meant is not made.
  return edited !== undefined && isMeant(content, edited, index, value)
    ? edited
    : undefined;
}

function edit(
  content: string,
  metadata: YAMLMap,
  value: string,
): string | undefined {
  const annotations = metadata.get('annotations');
  if (!isMap(annotations)) {
    return annotations === undefined
      ? insertAbove(content, metadata, indent => [
          `${indent}annotations:`,
          `${indent}  ${line(value)}`,
        ])
      : undefined;
  }
  const present = annotations.get(MANIFESTS_ANNOTATION, true);
  if (present === undefined) {
    return insertAbove(content, annotations, indent => [
      `${indent}${line(value)}`,
    ]);
  }
  const range = isScalar(present) ? present.range : undefined;
  return range
    ? content.slice(0, range[0]) +
        JSON.stringify(value) +
        content.slice(range[1])
    : undefined;
}

/** Puts lines above the first entry of a map that is written over several lines. */
function insertAbove(
  content: string,
  map: YAMLMap,
  lines: (indent: string) => string[],
): string | undefined {
  const start = (map.items[0]?.key as Scalar | undefined)?.range?.[0];
  if (map.flow || start === undefined) {
    return undefined;
  }
  const lineStart = content.lastIndexOf('\n', start - 1) + 1;
  const indent = content.slice(lineStart, start);
  const end = content.includes('\r\n') ? '\r\n' : '\n';
  return indent.trim() === ''
    ? content.slice(0, lineStart) +
        lines(indent)
          .map(text => text + end)
          .join('') +
        content.slice(lineStart)
    : undefined;
}

function line(value: string): string {
  return `${MANIFESTS_ANNOTATION}: ${JSON.stringify(value)}`;
}

function isMeant(
  before: string,
  after: string,
  index: number,
  value: string,
): boolean {
  const expected = documentsOf(before).map(document => document.toJS());
  const { metadata } = expected[index];
  metadata.annotations = {
    ...metadata.annotations,
    [MANIFESTS_ANNOTATION]: value,
  };
  const actual = documentsOf(after).map(document => document.toJS());
  return sorted(actual) === sorted(expected);
}

function sorted(value: unknown): string {
  return JSON.stringify(value, (_key, item) =>
    typeof item === 'object' && item !== null && !Array.isArray(item)
      ? Object.fromEntries(
          Object.entries(item).sort(([a], [b]) => (a < b ? -1 : 1)),
        )
      : item,
  );
}

function indexOfEntity(content: string, entityRef: string): number {
  const wanted = parseEntityRef(entityRef);
  return documentsOf(content).findIndex(document => {
    const text = (path: string[]) =>
      isMap(document.contents) ? stringAt(document.contents, path) : undefined;
    return (
      document.errors.length === 0 &&
      text(['kind'])?.toLowerCase() === wanted.kind.toLowerCase() &&
      text(['metadata', 'name']) === wanted.name &&
      (text(['metadata', 'namespace']) ?? 'default') === wanted.namespace
    );
  });
}

function metadataOf(content: string, index: number): YAMLMap | undefined {
  const { contents } = documentsOf(content)[index];
  const metadata = isMap(contents) ? contents.get('metadata') : undefined;
  return isMap(metadata) ? metadata : undefined;
}

function stringAt(map: YAMLMap, path: string[]): string | undefined {
  const value = map.getIn(path);
  return typeof value === 'string' ? value : undefined;
}

function documentsOf(content: string): Document.Parsed[] {
  // Checking for unique keys takes the square of their number.
  const documents = parseAllDocuments(content, { uniqueKeys: false });
  return 'empty' in documents ? [] : documents;
}
