import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { BareRepository, GitPerson } from './BareRepository';
import { GitError, runGit } from './git';

/**
 * What came out of merging two commits: the merge commit, or the files that both changed.
 *
 * @public
 */
export type MergeResult = { sha: string } | { conflicts: string[] };

/**
 * Merges `head` into `base` and returns the merge commit; moves no branch.
 *
 * @remarks
 * In a work tree of its own, which every git can do: merging in a bare
 * repository needs git 2.38.
 *
 * @public
 */
export async function mergeCommits(
  repository: BareRepository,
  options: { base: string; head: string; message: string; author: GitPerson },
): Promise<MergeResult> {
  const { base, head, message, author } = options;
  const parent = await mkdtemp(join(tmpdir(), 'demo-git-merge-'));
  const cwd = join(parent, 'tree');
  const env = {
    GIT_AUTHOR_NAME: author.name,
    GIT_AUTHOR_EMAIL: author.email,
    GIT_COMMITTER_NAME: author.name,
    GIT_COMMITTER_EMAIL: author.email,
  };
  const git = async (...args: string[]) =>
    (await runGit(args, { cwd, env })).toString();
  try {
    await repository.git(['worktree', 'add', '--quiet', '--detach', cwd, base]);
    try {
      await git('merge', '--quiet', '--no-ff', '-m', message, head);
    } catch (error) {
      const unmerged = await git(
        'diff',
        '--name-only',
        '--diff-filter=U',
        '-z',
      );
      const conflicts = unmerged.split('\0').filter(Boolean);
      if (error instanceof GitError && conflicts.length > 0) {
        return { conflicts };
      }
      throw error;
    }
    return { sha: (await git('rev-parse', 'HEAD')).trim() };
  } finally {
    await rm(parent, { recursive: true, force: true });
    await repository.git(['worktree', 'prune']);
  }
}
