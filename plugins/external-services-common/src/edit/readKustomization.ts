import { isObject, type UntypedObject } from '../manifests/reading';
import { countEntries } from '../yaml/countEntries';
import { parseDocuments } from '../yaml/DocumentEvents';
import { MAX_ENTRIES } from '../yaml/limits';
import { hasContent } from '../yaml/splitDocuments';
import { YamlProblemError } from '../yaml/YamlProblem';
import { EditableFile } from './EditableFile';
import { newDocuments } from './text/newDocuments';
import { NotEditableError } from './text/NotEditableError';
import { patchYaml } from './text/patchYaml';
import { lineBreakNear } from './text/textLines';
import { OWN_STYLE } from './text/TextStyle';
import { buildTree, valueOf, type YamlNode } from './text/YamlTree';

/** What a kustomization lists, and its text with another list. */
export interface Kustomization {
  resources: unknown[];
  /** Its other fields. */
  rest: UntypedObject;
  /** Its text with other resources, else byte for byte; undefined where it offers no safe place. */
  withResources(resources: unknown[]): string | undefined;
}

/**
 * What says nothing, or comments alone, lists nothing yet. Undefined for what
 * cannot be changed without risk: broken, a template, too large, of several
 * documents, with YAML aliases or with resources that are no list.
 */
export function readKustomization(content: string): Kustomization | undefined {
  const file = new EditableFile({ path: '', content });
  const text = file.texts.join('');
  if (file.isTooLarge || countEntries(text) > MAX_ENTRIES) {
    return undefined;
  }
  if (!hasContent(text)) {
    return {
      resources: [],
      rest: {},
      withResources: resources =>
        file.restoreEnd(text + newList(resources, lineBreakNear(text, 0))),
    };
  }
  const root = rootOf(text);
  const value = root && valueOf(root);
  if (!root || !isObject(value)) {
    return undefined;
  }
  const { resources, ...rest } = value;
  const listed = resources ?? [];
  return Array.isArray(listed)
    ? {
        resources: listed,
        rest,
        withResources: wanted =>
          ifSafe(() =>
            file.restoreEnd(
              patchYaml(text, root, { ...value, resources: wanted }),
            ),
          ),
      }
    : undefined;
}

function rootOf(text: string): YamlNode | undefined {
  return ifSafe(() => {
    const documents = parseDocuments(text, 0);
    return documents.length === 1 ? buildTree(documents[0]) : undefined;
  });
}

function ifSafe<T>(make: () => T): T | undefined {
  try {
    return make();
  } catch (error) {
    if (
      error instanceof NotEditableError ||
      error instanceof YamlProblemError
    ) {
      return undefined;
    }
    throw error;
  }
}

function newList(resources: unknown[], newline: string): string {
  const document = newDocuments([{ resources }], { ...OWN_STYLE, newline });
  return document.slice(`---${newline}`.length);
}
