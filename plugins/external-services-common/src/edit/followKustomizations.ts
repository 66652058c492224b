import { isObject, listAt } from '../manifests/reading';
import { parseDocuments } from '../yaml/DocumentEvents';
import { hasContent } from '../yaml/splitDocuments';
import type { EditableFile } from './EditableFile';
import type { EditResult } from './EditResult';
import { hasWord } from './hasWord';
import { notEditable, RefusedError } from './RefusedError';
import { newDocuments } from './text/newDocuments';
import { NotEditableError } from './text/NotEditableError';
import { patchYaml } from './text/patchYaml';
import { lineBreakNear } from './text/textLines';
import { OWN_STYLE } from './text/TextStyle';
import { buildTree, valueOf, type YamlNode } from './text/YamlTree';

const KUSTOMIZATION = /(^|\/)(kustomization\.ya?ml|Kustomization)$/;

/**
 * The result with kustomizations that list what is there: a file that went would
 * end every build, and one that came would be in none. A kustomization that
 * lists nothing more stays, with `resources: []`, as others may list it.
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
  const { deleted } = result;
  if (come.length === 0 && deleted.length === 0) {
    return result;
  }
  const followed = files
    .filter(({ path }) => KUSTOMIZATION.test(path))
    .map(file => ({ file, content: contentOf(file, come, deleted) }))
    .filter(({ file, content }) => content !== file.content)
    .map(({ file: { path }, content }) => ({ path, content }));
  return { ...result, changed: [...result.changed, ...followed] };
}

/** The content of a kustomization that lists what is there. */
function contentOf(file: EditableFile, come: string[], gone: string[]): string {
  const directory = directoryOf(file.path);
  const beside = come.filter(path => directoryOf(path) === directory);
  const text = file.texts.join('');
  if (!hasContent(text)) {
    return beside.length > 0
      ? file.restoreEnd(text + listOf(beside, text))
      : file.content;
  }
  const root = rootOf(file, text);
  if (!root) {
    refuseUnread(file, text, beside, gone);
    return file.content;
  }
  const value = valueOf(root);
  if (!isObject(value)) {
    return file.content;
  }
  const { resources: _resources, ...rest } = value;
  refuseNamed(file, textsOf(rest), gone);
  const listed = listAt(value, 'resources');
  const isOf = (paths: string[]) => (entry: unknown) =>
    typeof entry === 'string' && paths.includes(resolved(directory, entry));
  const left = listed.filter(entry => !isOf(gone)(entry));
  const added = beside.filter(path => !listed.some(isOf([path])));
  if (left.length === listed.length && added.length === 0) {
    return file.content;
  }
  const resources = [...left, ...added.map(nameOf)];
  return patched(file, text, root, { ...value, resources });
}

function patched(
  file: EditableFile,
  text: string,
  root: YamlNode,
  wanted: unknown,
): string {
  try {
    return file.restoreEnd(patchYaml(text, root, wanted));
  } catch (error) {
    throw error instanceof NotEditableError
      ? notEditable({ path: file.path, line: 1 })
      : error;
  }
}

/** What says nothing yet is no kustomization until it lists something. */
function listOf(paths: string[], text: string): string {
  const newline = lineBreakNear(text, 0);
  return newDocuments([{ resources: paths.map(nameOf) }], {
    ...OWN_STYLE,
    newline,
  }).slice(`---${newline}`.length);
}

/** Undefined when it cannot be read. */
function rootOf(file: EditableFile, text: string): YamlNode | undefined {
  try {
    const documents = file.isTooLarge ? [] : parseDocuments(text, 0);
    return documents.length === 1 ? buildTree(documents[0]) : undefined;
  } catch (error) {
    return undefined;
  }
}

function refuseUnread(
  { path }: EditableFile,
  text: string,
  beside: string[],
  gone: string[],
): void {
  if (beside.length > 0 || gone.some(name => hasWord(text, nameOf(name)))) {
    throw RefusedError.at(
      { path, line: 1 },
      'unreadable',
      'may list a file that comes or goes, and cannot be read. Correct it first.',
    );
  }
}

/** What a file is to be there for other than being listed, only a person can tell. */
function refuseNamed(
  { path }: EditableFile,
  texts: string[],
  gone: string[],
): void {
  const directory = directoryOf(path);
  // Generators name files as `key=path`.
  const named = texts
    .map(text => resolved(directory, text.slice(text.indexOf('=') + 1)))
    .find(name => gone.includes(name));
  if (named !== undefined) {
    throw new RefusedError(
      'not-editable',
      `${path} names ${named} outside of its resources, and nothing would be left in that file. Take it out there first.`,
      { file: path },
    );
  }
}

function textsOf(value: unknown): string[] {
  if (typeof value === 'string') {
    return [value];
  }
  return isObject(value) || Array.isArray(value)
    ? Object.values(value).flatMap(textsOf)
    : [];
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
