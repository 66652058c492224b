import { isObject } from '../manifests/reading';
import type { EditableFile } from './EditableFile';
import type { EditResult } from './EditResult';
import { hasWord } from './hasWord';
import { listInKustomization } from './listInKustomization';
import { pathFrom } from './pathFrom';
import { readKustomization } from './readKustomization';
import { RefusedError } from './RefusedError';

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
  const left = gone.length > 0 ? withoutFiles(file, gone) : file.content;
  const listed =
    beside.length > 0 ? listInKustomization(left, beside.map(nameOf)) : left;
  if (listed === undefined) {
    throw notFollowed(file);
  }
  return listed;
}

/** The content of a kustomization that lists files no longer. */
function withoutFiles(file: EditableFile, gone: string[]): string {
  const { path, content } = file;
  const kustomization = readKustomization(content);
  if (!kustomization) {
    if (gone.some(name => hasWord(content, nameOf(name)))) {
      throw notFollowed(file);
    }
    return content;
  }
  const { resources, rest } = kustomization;
  const directory = directoryOf(path);
  refuseNamed(path, namesIn(rest, directory), gone);
  const left = resources.filter(
    entry => !gone.includes(pathFrom(directory, String(entry))),
  );
  if (left.length === resources.length) {
    return content;
  }
  const followed = kustomization.withResources(left);
  if (followed === undefined) {
    throw notFollowed(file);
  }
  return followed;
}

function notFollowed({ path }: EditableFile): RefusedError {
  return RefusedError.at(
    { path, line: 1 },
    'unreadable',
    'may list a file that comes or goes, and cannot be changed without risk: it is broken, too large, made from a template, or has several documents, YAML aliases or resources that are no list. Correct it first, or change all of it by hand.',
  );
}

/** What a file is to be there for other than being listed, only a person can tell. */
function refuseNamed(path: string, names: string[], gone: string[]): void {
  const named = names.find(name => gone.includes(name));
  if (named !== undefined) {
    throw new RefusedError(
      'not-editable',
      `${path} names ${named} outside of its resources, and nothing would be left in that file. Take it out there first.`,
      { file: path },
    );
  }
}

/** The texts of a kustomization, as the paths of files that they may be. */
function namesIn(value: unknown, directory: string): string[] {
  if (typeof value === 'string') {
    // Generators name files as `key=path`.
    return [pathFrom(directory, value.slice(value.indexOf('=') + 1))];
  }
  return isObject(value) || Array.isArray(value)
    ? Object.values(value).flatMap(item => namesIn(item, directory))
    : [];
}

function nameOf(path: string): string {
  return path.slice(path.lastIndexOf('/') + 1);
}

function directoryOf(path: string): string {
  return path.split('/').slice(0, -1).join('/');
}
