import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { BareRepository, GitPerson, GitTreeChange } from './BareRepository';

/**
 * Writes a tree: the given one with the changes applied.
 *
 * @param baseTree - the tree or commit to start from; nothing for an empty one
 * @returns the hash of the new tree
 * @public
 */
export async function writeTree(
  repository: BareRepository,
  baseTree: string | undefined,
  changes: GitTreeChange[],
): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'demo-git-index-'));
  const env = { GIT_INDEX_FILE: join(folder, 'index') };
  try {
    const start = baseTree ? [baseTree] : ['--empty'];
    await repository.git(['read-tree', ...start], undefined, env);
    const lines = changes.map(({ path, mode, sha }) =>
      sha === null
        ? `0 ${'0'.repeat(40)}\t${path}\0`
        : `${mode} ${sha}\t${path}\0`,
    );
    await repository.git(
      ['update-index', '-z', '--index-info'],
      lines.join(''),
      env,
    );
    const out = await repository.git(['write-tree'], undefined, env);
    return out.toString().trim();
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

/**
 * Writes a commit.
 *
 * @returns its hash
 * @public
 */
export async function writeCommit(
  repository: BareRepository,
  commit: {
    tree: string;
    parents: string[];
    message: string;
    author: GitPerson;
  },
): Promise<string> {
  const { name, email, date } = commit.author;
  const out = await repository.git(
    ['commit-tree', commit.tree, ...commit.parents.flatMap(sha => ['-p', sha])],
    commit.message,
    {
      GIT_AUTHOR_NAME: name,
      GIT_AUTHOR_EMAIL: email,
      GIT_COMMITTER_NAME: name,
      GIT_COMMITTER_EMAIL: email,
      ...(date ? { GIT_AUTHOR_DATE: date, GIT_COMMITTER_DATE: date } : {}),
    },
  );
  return out.toString().trim();
}

/**
 * Commits files on top of a branch, which is made when it is not there.
 *
 * @param files - content by path; `null` removes a file
 * @returns the hash of the commit
 * @throws GitError when the branch has moved on meanwhile, or its name or a path cannot be one.
 * @public
 */
export async function commitFiles(
  repository: BareRepository,
  options: {
    branch: string;
    files: Record<string, string | Buffer | null>;
    message: string;
    author: GitPerson;
  },
): Promise<string> {
  const ref = `refs/heads/${options.branch}`;
  const parent = await repository.resolve(ref);
  const { name, email, date } = options.author;
  const seconds = Math.floor((date ? Date.parse(date) : Date.now()) / 1000);
  // All in one process, since starting one takes longer than anything it does.
  const out = await repository.git(
    ['fast-import', '--quiet', '--done'],
    Buffer.concat([
      Buffer.from(
        `commit ${ref}\nmark :1\ncommitter ${name} <${email}> ${seconds} +0000\n`,
      ),
      data(options.message),
      Buffer.from(parent ? `from ${parent}\n` : ''),
      ...Object.entries(options.files).flatMap(([path, content]) =>
        content === null
          ? [Buffer.from(`D ${quoted(path)}\n`)]
          : [Buffer.from(`M 100644 inline ${quoted(path)}\n`), data(content)],
      ),
      Buffer.from('get-mark :1\ndone\n'),
    ]),
  );
  return out.toString().trim();
}

/** Bytes as `git fast-import` takes them. */
function data(content: string | Buffer): Buffer {
  const bytes = Buffer.from(content);
  return Buffer.concat([
    Buffer.from(`data ${bytes.length}\n`),
    bytes,
    Buffer.from('\n'),
  ]);
}

function quoted(path: string): string {
  return `"${path.replace(/[\\"]/g, '\\$&').replace(/\n/g, '\\n')}"`;
}
