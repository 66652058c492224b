import { isObject, listAt, type UntypedObject } from '../manifests/reading';
import type { ManifestObject } from '../manifests/ManifestObject';
import { parseDocuments } from '../yaml/DocumentEvents';
import { readYaml } from '../yaml/readYaml';
import { cutAtSeparators } from '../yaml/splitDocuments';
import { type EditableDocument, isJson } from './EditableFile';
import type { EditPlan } from './EditPlan';
import { newDocuments } from './newDocuments';
import { NotEditableError } from './NotEditableError';
import { patchYaml } from './patchYaml';
import { detectStyle, OWN_STYLE, type TextStyle } from './TextStyle';
import { canonical } from './yamlValue';
import { buildTree, valueOf, type YamlNode } from './YamlTree';

/**
 * The text of a document after a plan was carried out in it, with what is new
 * beside it; empty when nothing is left. The result is read back, and has to say
 * what was planned and nothing else. Throws NotEditableError when it does not.
 */
export function editDocument(
  document: EditableDocument,
  plan: EditPlan,
): string {
  const root = rootOf(document);
  const { value, beside } = planned(document, root, plan);
  if (beside.length > 0 && isJson(document.file)) {
    throw new NotEditableError(0);
  }
  const style = detectStyle(document.text, root);
  const patched =
    value === undefined ? '' : patchYaml(document.text, root, value);
  const text = patched + newDocuments(beside, style);
  const expected = value === undefined ? beside : [value, ...beside];
  verify(text, expected);
  return text;
}

/** New items at the end of a JSON document, which has to be a list of objects. */
export function appendToJson(
  document: EditableDocument,
  manifests: UntypedObject[],
): string {
  const node = rootOf(document);
  const value = valueOf(node);
  if (!isList(value)) {
    throw new NotEditableError(0);
  }
  const wanted = { ...value, items: [...value.items, ...manifests] };
  const text = patchYaml(document.text, node, wanted);
  verify(text, [wanted]);
  return text;
}

/** Documents in the style of another, or of our own files when that cannot be read. */
export function appendedDocuments(
  document: EditableDocument | undefined,
  newline: string,
  manifests: UntypedObject[],
): string {
  const text = newDocuments(manifests, styleOf(document, newline));
  verify(text, manifests);
  return text;
}

function styleOf(
  document: EditableDocument | undefined,
  newline: string,
): TextStyle {
  if (document) {
    try {
      return detectStyle(document.text, rootOf(document));
    } catch (error) {
      // What cannot be read has no style to follow, and stays as it is.
    }
  }
  return { ...OWN_STYLE, newline };
}

function rootOf({ text }: EditableDocument): YamlNode {
  const documents = parseDocuments(text, 0);
  // Documents that are parted by `...` alone cannot be told apart by their lines.
  if (documents.length !== 1) {
    throw new NotEditableError(0);
  }
  return buildTree(documents[0]);
}

/** The document's new value, and what is to stand behind it. */
function planned(
  document: EditableDocument,
  root: YamlNode,
  plan: EditPlan,
): { value: unknown; beside: UntypedObject[] } {
  const { objects, sources } = document;
  const addedAfter = (object: ManifestObject) =>
    plan.added
      .filter(({ after }) => after === object)
      .flatMap(({ manifests }) => manifests);
  const wanted = (object: ManifestObject) =>
    plan.changed.has(object) ? plan.changed.get(object) : object.manifest;
  const value = valueOf(root);
  const isOfList = objects.some(
    object => sources.get(object)?.item !== undefined,
  );
  if (!isOfList || !isList(value)) {
    const [object] = objects;
    return { value: wanted(object), beside: addedAfter(object) };
  }
  const byItem = new Map(
    objects.map(object => [sources.get(object)?.item, object]),
  );
  const items = value.items.flatMap((item, index) => {
    const object = byItem.get(index);
    if (!object) {
      return [item];
    }
    const changed = wanted(object);
    return [...(changed ? [changed] : []), ...addedAfter(object)];
  });
  return {
    value: items.length > 0 ? { ...value, items } : undefined,
    beside: [],
  };
}

function isList(value: unknown): value is { items: unknown[] } {
  return (
    isObject(value) &&
    Array.isArray(value.items) &&
    listAt(value, 'items').length > 0
  );
}

function verify(text: string, expected: unknown[]): void {
  const pieces = cutAtSeparators(text);
  const read = parseDocuments(text, 0).map(
    document => readYaml(document).value,
  );
  const isAsPlanned =
    canonical(read) === canonical(expected) &&
    pieces.length === Math.max(1, expected.length);
  if (!isAsPlanned) {
    throw new NotEditableError(0);
  }
}
