import { EVENT_ID } from 'js-yaml';
import { isObject, listAt, type UntypedObject } from '../manifests/reading';
import type { ManifestObject } from '../manifests/ManifestObject';
import { parseDocuments } from '../yaml/DocumentEvents';
import { ManifestFile } from '../yaml/ManifestFile';
import { readYaml } from '../yaml/readYaml';
import { cutAtSeparators } from '../yaml/splitDocuments';
import {
  type EditableDocument,
  type EditableFile,
  isJson,
  saysSomething,
} from './EditableFile';
import type { EditPlan } from './plan/EditPlan';
import { newDocuments } from './text/newDocuments';
import { NotEditableError } from './text/NotEditableError';
import { patchYaml } from './text/patchYaml';
import { detectStyle, OWN_STYLE, type TextStyle } from './text/TextStyle';
import { isSame } from './text/yamlValue';
import { buildTree, valueOf, type YamlNode } from './text/YamlTree';

/** A changed or new part of a file. */
export interface EditedPiece {
  /** Empty when nothing is left of it. */
  text: string;
  /** What it says, read back. */
  objects: ManifestObject[];
}

/**
 * A document after a plan was carried out in it, with what is new beside it. The
 * result is read back, and has to say what was planned and nothing else. Throws
 * NotEditableError when it does not.
 */
export function editDocument(
  document: EditableDocument,
  plan: EditPlan,
): EditedPiece {
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
  return readBack(text, document.file.path, expected);
}

/** New items at the end of a JSON document, which has to be a list of objects. */
export function appendToJson(
  document: EditableDocument,
  manifests: UntypedObject[],
): EditedPiece {
  const node = rootOf(document);
  const value = valueOf(node);
  if (!isList(value)) {
    throw new NotEditableError(0);
  }
  const wanted = { ...value, items: [...value.items, ...manifests] };
  const text = patchYaml(document.text, node, wanted);
  return readBack(text, document.file.path, [wanted]);
}

/**
 * Documents for the end of a file, in the style of the last one there, or of our
 * own files when that cannot be read.
 */
export function appendedDocuments(
  { path, texts }: EditableFile,
  last: EditableDocument | undefined,
  newline: string,
  manifests: UntypedObject[],
): EditedPiece {
  const text = newDocuments(manifests, styleOf(last, newline));
  // The first document of a file needs no separator, unless it would take the file's comments for its own.
  return readBack(
    texts.some(saysSomething) ? text : text.replace(/^---(\r\n|\n)/, ''),
    path,
    manifests,
  );
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

function rootOf({ text, sources }: EditableDocument): YamlNode {
  const [source] = sources.values();
  const events = source?.document.events ?? [];
  const isRead = source?.document.text === text;
  const count = events.filter(({ type }) => type === EVENT_ID.DOCUMENT).length;
  if (isRead && count === 1) {
    return buildTree(source.document);
  }
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
  const isOfList = objects.some(
    object => sources.get(object)?.item !== undefined,
  );
  const value = isOfList ? valueOf(root) : undefined;
  if (!isList(value)) {
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

/** Throws NotEditableError unless the text is read as what is expected. */
function readBack(
  text: string,
  path: string,
  expected: unknown[],
): EditedPiece {
  const file = new ManifestFile(text, path);
  file.read();
  const { objects } = file;
  const values = expected.some(isList)
    ? parseDocuments(text, 0).map(document => readYaml(document).value)
    : objects.map(({ manifest }) => manifest);
  const count = cutAtSeparators(text).length;
  if (!isSame(values, expected) || count !== Math.max(1, expected.length)) {
    throw new NotEditableError(0);
  }
  return { text, objects };
}
