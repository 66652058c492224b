import { Dirent } from 'node:fs';
import { access, mkdir, readdir, readFile } from 'node:fs/promises';
import { join, relative, resolve, sep } from 'node:path';
import { BareRepository } from './BareRepository';
import { commitFiles } from './commitChanges';

const NAME = /^[A-Za-z0-9_][A-Za-z0-9._-]{0,99}$/;
const DEFAULT_BRANCH = 'main';

/** Its date is fixed, so that the same files always give the same commit. */
const FIRST_COMMITTER = {
  name: 'Shop',
  email: 'shop@example.com',
  date: '2026-11-02T10:30:00Z',
};

/**
 * A folder of bare repositories: `<folder>/<owner>/<name>.git`.
 *
 * @public
 */
export class GitRepositories {
  readonly folder: string;

  constructor(folder: string) {
    this.folder = resolve(folder);
  }

  async list(): Promise<BareRepository[]> {
    const owners = await subfolders(this.folder);
    const repositories = await Promise.all(
      owners.map(async owner =>
        (
          await subfolders(join(this.folder, owner))
        ).map(entry => this.at(owner, entry.replace(/\.git$/, ''))),
      ),
    );
    return repositories.flat();
  }

  async find(owner: string, name: string): Promise<BareRepository | undefined> {
    if (!NAME.test(owner) || !NAME.test(name)) {
      return undefined;
    }
    const repository = this.at(owner, name.replace(/\.git$/, ''));
    try {
      await access(join(repository.folder, 'HEAD'));
      return repository;
    } catch {
      return undefined;
    }
  }

  /**
   * Makes an empty repository.
   *
   * @throws Error when the name cannot be one or is taken.
   */
  async create(owner: string, name: string): Promise<BareRepository> {
    if (!NAME.test(owner) || !NAME.test(name) || name.endsWith('.git')) {
      throw new Error(
        `${owner}/${name} cannot be the name of a repository: use letters, digits, '-', '_' and '.'`,
      );
    }
    if (await this.find(owner, name)) {
      throw new Error(`${owner}/${name} already exists on this host`);
    }
    const repository = this.at(owner, name);
    await mkdir(repository.folder, { recursive: true });
    const branch = `--initial-branch=${DEFAULT_BRANCH}`;
    await repository.git(['init', '--quiet', '--bare', branch, '.']);
    return repository;
  }

  /**
   * Makes a repository with one commit for each `<source>/<owner>/<name>/`;
   * those that are there already stay as they are.
   */
  async seed(source: string): Promise<void> {
    for (const owner of await subfolders(source)) {
      for (const name of await subfolders(join(source, owner))) {
        if (!(await this.find(owner, name))) {
          const repository = await this.create(owner, name);
          await importFolder(repository, join(source, owner, name));
        }
      }
    }
  }

  private at(owner: string, name: string): BareRepository {
    const folder = join(this.folder, owner, `${name}.git`);
    return new BareRepository({ owner, name, folder });
  }
}

async function subfolders(folder: string): Promise<string[]> {
  let entries: Dirent[];
  try {
    entries = await readdir(folder, { withFileTypes: true });
  } catch {
    return [];
  }
  return entries
    .filter(entry => entry.isDirectory())
    .map(entry => entry.name)
    .sort();
}

/** One commit with everything in the folder. */
async function importFolder(
  repository: BareRepository,
  folder: string,
): Promise<void> {
  const entries = await readdir(folder, {
    recursive: true,
    withFileTypes: true,
  });
  const paths = entries
    .filter(entry => entry.isFile())
    .map(entry => join(entry.parentPath, entry.name))
    .sort();
  const files: Record<string, Buffer> = {};
  for (const path of paths) {
    files[relative(folder, path).split(sep).join('/')] = await readFile(path);
  }
  await commitFiles(repository, {
    branch: DEFAULT_BRANCH,
    files,
    message: 'Start the repository',
    author: FIRST_COMMITTER,
  });
}
