import { isObject, listAt, type UntypedObject } from '../manifests/reading';
import { parseDocuments } from '../yaml/DocumentEvents';
import type { EditableFile } from './EditableFile';
import type { EditFile, EditResult } from './EditResult';
import { RefusedError } from './RefusedError';
import { patchYaml } from './text/patchYaml';
import { buildTree, valueOf, type YamlNode } from './text/YamlTree';

const KUSTOMIZATION = /(^|\/)(kustomization\.ya?ml|Kustomization)$/;

/** Fields without which a kustomization says nothing. */
const IDLE = ['apiVersion', 'kind', 'metadata', 'resources'];

/**
 * The result with kustomizations that list what is there: a file that went would
 * end every build, and one that came would be in none. A kustomization that
 * lists nothing more goes, too.
 */
export function followKustomizations(
  files: EditableFile[],
  result: EditResult,
): EditResult {
  if (result.status !== 'edited') {
    return result;
  }
  const known = new Set(files.map(({ path }) => path));
  const come = result.changed
    .map(({ path }) => path)
    .filter(path => !known.has(path));
  const gone = new Set(result.deleted);
  if (come.length === 0 && gone.size === 0) {
    return result;
  }
  const changed: EditFile[] = [...result.changed];
  const deleted = [...result.deleted];
  for (const file of deepestFirst(files)) {
    const content = followed(file, come, gone);
    if (content === undefined) {
      deleted.push(file.path);
      gone.add(file.path).add(directoryOf(file.path));
    } else if (content !== file.content) {
      changed.push({ path: file.path, content });
    }
  }
  return { ...result, changed, deleted };
}

/** The kustomizations, those in subdirectories before those that list the directories. */
function deepestFirst(files: EditableFile[]): EditableFile[] {
  return files
    .filter(({ path }) => KUSTOMIZATION.test(path))
    .sort((a, b) => b.path.split('/').length - a.path.split('/').length);
}

/** The content of a kustomization that lists what is there; undefined when it lists nothing. */
function followed(
  file: EditableFile,
  come: string[],
  gone: Set<string>,
): string | undefined {
  const directory = directoryOf(file.path);
  const added = come
    .filter(path => directoryOf(path) === directory)
    .map(nameOf);
  const text = file.texts.join('');
  const concerns =
    added.length > 0 || [...gone].some(path => text.includes(nameOf(path)));
  if (!concerns) {
    return file.content;
  }
  const root = rootOf(file, text);
  const value = valueOf(root) as UntypedObject;
  const resources = listAt(value, 'resources');
  const left = resources.filter(
    entry => typeof entry !== 'string' || !gone.has(resolved(directory, entry)),
  );
  if (!isObject(value) || left.length + added.length === resources.length) {
    return file.content;
  }
  const isIdle = Object.keys(value).every(key => IDLE.includes(key));
  if (left.length === 0 && added.length === 0 && isIdle) {
    return undefined;
  }
  const wanted = { ...value, resources: [...left, ...added] };
  return file.restoreEnd(patchYaml(text, root, wanted));
}

function rootOf(file: EditableFile, text: string): YamlNode {
  try {
    const documents = file.isTooLarge ? [] : parseDocuments(text, 0);
    if (documents.length === 1) {
      return buildTree(documents[0]);
    }
  } catch (error) {
    // Refused below, whatever it is that cannot be read.
  }
  throw RefusedError.at(
    { path: file.path, line: 1 },
    'unreadable',
    'may list a file that comes or goes, and cannot be read. Correct it first.',
  );
}

function nameOf(path: string): string {
  return path.slice(path.lastIndexOf('/') + 1);
}

function directoryOf(path: string): string {
  return path.split('/').slice(0, -1).join('/');
}

/** What an entry of a kustomization means, from the repository's root. */
function resolved(directory: string, entry: string): string {
  const parts = directory === '' ? [] : directory.split('/');
  for (const part of entry.split('/')) {
    if (part === '..') {
      parts.pop();
    } else if (part !== '.' && part !== '') {
      parts.push(part);
    }
  }
  return parts.join('/');
}
