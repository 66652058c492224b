import { ChildProcess, spawn } from 'node:child_process';
import { GIT_ENVIRONMENT, GitError, runGit } from './git';

/**
 * A person as git writes them down.
 *
 * @public
 */
export interface GitPerson {
  name: string;
  email: string;
  /** ISO 8601. Default: now. */
  date?: string;
}

/**
 * One commit.
 *
 * @public
 */
export interface GitCommit {
  sha: string;
  tree: string;
  parents: string[];
  author: Required<GitPerson>;
  message: string;
}

/**
 * One entry of a tree.
 *
 * @public
 */
export interface GitTreeEntry {
  mode: string;
  type: 'blob' | 'tree' | 'commit';
  sha: string;
  /** Bytes; files only. */
  size?: number;
  path: string;
}

/**
 * A file to write or, with `sha: null`, to remove.
 *
 * @public
 */
export interface GitTreeChange {
  path: string;
  mode: string;
  sha: string | null;
}

const COMMIT_FORMAT = '%H%x00%T%x00%P%x00%an%x00%ae%x00%aI%x00%B%x00%x00';

/**
 * The objects and branches of one bare repository, read and written by the git
 * that is installed.
 *
 * @public
 */
export class BareRepository {
  readonly owner: string;
  readonly name: string;
  /** The bare repository's own folder. */
  readonly folder: string;

  constructor(options: { owner: string; name: string; folder: string }) {
    this.owner = options.owner;
    this.name = options.name;
    this.folder = options.folder;
  }

  /** `<owner>/<name>` */
  get fullName(): string {
    return `${this.owner}/${this.name}`;
  }

  /** The name of the branch that HEAD stands for. */
  async defaultBranch(): Promise<string> {
    return (await this.text(['symbolic-ref', '--short', 'HEAD'])).trim();
  }

  /** The commit that a branch, tag or hash stands for. */
  async resolve(ref: string): Promise<string | undefined> {
    if (!ref || ref.startsWith('-')) {
      return undefined;
    }
    return this.maybe(async () =>
      (
        await this.text(['rev-parse', '--verify', '--quiet', `${ref}^{commit}`])
      ).trim(),
    );
  }

  async branches(): Promise<{ name: string; sha: string }[]> {
    const format = '%(refname:lstrip=2) %(objectname)';
    const lines = await this.text([
      'for-each-ref',
      `--format=${format}`,
      'refs/heads',
    ]);
    return lines
      .split('\n')
      .filter(Boolean)
      .map(line => {
        const [name, sha] = line.split(' ');
        return { name, sha };
      });
  }

  /** The newest commits that `sha` reaches, newest first. */
  async commits(
    sha: string,
    options: { limit: number; path?: string },
  ): Promise<GitCommit[]> {
    const out = await this.text([
      'log',
      `--max-count=${options.limit}`,
      `--format=${COMMIT_FORMAT}`,
      sha,
      '--',
      ...(options.path ? [options.path] : []),
    ]);
    return out
      .split('\0\0\n')
      .filter(Boolean)
      .map(text => {
        const [hash, tree, parents, name, email, date, message] =
          text.split('\0');
        return {
          sha: hash,
          tree,
          parents: parents.split(' ').filter(Boolean),
          author: { name, email, date },
          message: message.trimEnd(),
        };
      });
  }

  async commit(sha: string): Promise<GitCommit> {
    return (await this.commits(sha, { limit: 1 }))[0];
  }

  /** The entries of a folder, or of everything below it. */
  async tree(
    ref: string,
    options: { path?: string; recursive?: boolean } = {},
  ): Promise<GitTreeEntry[] | undefined> {
    const treeish = options.path ? `${ref}:${options.path}` : ref;
    const flags = options.recursive ? ['-r', '-t'] : [];
    const out = await this.maybe(() =>
      this.text(['ls-tree', '-z', '-l', ...flags, treeish]),
    );
    return out
      ?.split('\0')
      .filter(Boolean)
      .map(line => {
        const [head, path] = line.split('\t');
        const [mode, type, sha, size] = head.split(/ +/);
        return {
          mode,
          type: type as GitTreeEntry['type'],
          sha,
          path,
          ...(size === '-' ? {} : { size: Number(size) }),
        };
      });
  }

  /** What stands at a path: a file or a folder. */
  async entry(ref: string, path: string): Promise<GitTreeEntry | undefined> {
    const out = await this.text(['ls-tree', '-z', '-l', ref, '--', path]);
    const [line] = out.split('\0');
    if (!line) {
      return undefined;
    }
    const [head, found] = line.split('\t');
    const [mode, type, sha] = head.split(/ +/);
    return found === path
      ? { mode, type: type as GitTreeEntry['type'], sha, path }
      : undefined;
  }

  async blob(sha: string): Promise<Buffer | undefined> {
    return this.maybe(() => this.git(['cat-file', 'blob', sha]));
  }

  /** A compressed tar archive with one folder at its top. */
  archive(sha: string): ChildProcess {
    const prefix = `${this.owner}-${this.name}-${sha.slice(0, 7)}/`;
    return spawn(
      'git',
      ['archive', '--format=tar.gz', `--prefix=${prefix}`, sha],
      {
        cwd: this.folder,
        env: { ...process.env, ...GIT_ENVIRONMENT },
      },
    );
  }

  async writeBlob(content: Buffer): Promise<string> {
    const out = await this.git(['hash-object', '-w', '--stdin'], content);
    return out.toString().trim();
  }

  /** Moves a branch, or makes it; with `from` only if it still stands there. */
  async setBranch(branch: string, sha: string, from?: string): Promise<void> {
    await this.git([
      'update-ref',
      `refs/heads/${branch}`,
      sha,
      ...(from ? [from] : []),
    ]);
  }

  /** Keeps a commit alive when its branch moves on. */
  async keep(ref: string, sha: string): Promise<void> {
    await this.git(['update-ref', ref, sha]);
  }

  async mergeBase(a: string, b: string): Promise<string | undefined> {
    return this.maybe(async () =>
      (await this.text(['merge-base', a, b])).trim(),
    );
  }

  /** What changed between two commits, as a unified diff. */
  async diff(from: string, to: string): Promise<string> {
    return this.text(['diff', '--no-color', '--no-ext-diff', '-M', from, to]);
  }

  async git(
    args: string[],
    input?: string | Buffer,
    env?: Record<string, string>,
  ): Promise<Buffer> {
    return runGit(args, { cwd: this.folder, input, env });
  }

  private async text(args: string[]): Promise<string> {
    return (await this.git(args)).toString();
  }

  /** Git reports what is not there as an error. */
  private async maybe<T>(read: () => Promise<T>): Promise<T | undefined> {
    try {
      return await read();
    } catch (error) {
      if (error instanceof GitError) {
        return undefined;
      }
      throw error;
    }
  }
}
