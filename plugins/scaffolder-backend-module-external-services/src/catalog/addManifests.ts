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
  const root = index >= 0 ? documentsOf(content)[index].contents : undefined;
  if (!isMap(root)) {
    return undefined;
  }
  const present = stringAt(root, [
    'metadata',
    'annotations',
    MANIFESTS_ANNOTATION,
  ]);
  const value = [
    ...(present ? [present.trim()] : values.kept),
    ...values.added,
  ].join(', ');
  const edited = edit(content, root, value);
  // Read back: an edit that is not what was meant is not made.
  return edited !== undefined && isMeant(content, edited, index, value)
    ? edited
    : undefined;
}

function edit(
  content: string,
  root: YAMLMap,
  value: string,
): string | undefined {
  const metadata = root.get('metadata') as YAMLMap;
  const annotations = metadata.get('annotations');
  if (!isMap(annotations)) {
    return annotations === undefined
      ? insertBelow(content, root, 'metadata', indent => [
          `${indent}annotations:`,
          `${indent}  ${line(value)}`,
        ])
      : undefined;
  }
  const present = annotations.get(MANIFESTS_ANNOTATION, true);
  if (present === undefined) {
    return insertBelow(content, metadata, 'annotations', indent => [
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

/** Puts lines below a key whose map is written over several lines, above all that is in it. */
function insertBelow(
  content: string,
  parent: YAMLMap,
  name: string,
  lines: (indent: string) => string[],
): string | undefined {
  const map = parent.get(name) as YAMLMap;
  const key = parent.items.find(
    item => isScalar(item.key) && item.key.value === name,
  )?.key as Scalar | undefined;
  const first = map.items[0]?.key as Scalar | undefined;
  if (map.flow || !key?.range || !first?.range) {
    return undefined;
  }
  const lineStart = content.lastIndexOf('\n', first.range[0] - 1) + 1;
  const indent = content.slice(lineStart, first.range[0]);
  const place = content.indexOf('\n', key.range[1]) + 1;
  const end = content.includes('\r\n') ? '\r\n' : '\n';
  const added = lines(indent).map(text => text + end);
  return indent.trim() === '' && place > 0 && place <= lineStart
    ? content.slice(0, place) + added.join('') + content.slice(place)
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

function stringAt(map: YAMLMap, path: string[]): string | undefined {
  const value = map.getIn(path);
  return typeof value === 'string' ? value : undefined;
}

function documentsOf(content: string): Document.Parsed[] {
  // Checking for unique keys takes the square of their number.
  const documents = parseAllDocuments(content, { uniqueKeys: false });
  return 'empty' in documents ? [] : documents;
}
