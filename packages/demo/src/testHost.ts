import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { runGit } from './git/git';
import { GitHost } from './GitHost';

/**
 * A Git host of a test's own, with the given files in `shop/orders`.
 *
 * @internal
 */
export async function startTestHost(
  files: Record<string, string> = { 'catalog-info.yaml': 'kind: Component\n' },
) {
  const folder = await mkdtemp(join(tmpdir(), 'demo-git-host-'));
  for (const [path, content] of Object.entries(files)) {
    const file = join(folder, 'seed/shop/orders', path);
    await mkdir(dirname(file), { recursive: true });
    await writeFile(file, content);
  }
  const options = {
    folder: join(folder, 'git'),
    seed: join(folder, 'seed'),
  };
  const host = new GitHost(options);
  await host.start();

  const git = async (cwd: string, ...args: string[]) =>
    (
      await runGit(args, {
        cwd,
        env: {
          GIT_AUTHOR_NAME: 'Test',
          GIT_AUTHOR_EMAIL: 'test@example.com',
          GIT_COMMITTER_NAME: 'Test',
          GIT_COMMITTER_EMAIL: 'test@example.com',
        },
      })
    ).toString();

  return {
    host,
    options,
    git,
    /** Clones `shop/orders` with the given password and returns the folder. */
    async clone(password = 'demo'): Promise<string> {
      const url = new URL(`${host.url}/shop/orders.git`);
      url.username = 'someone';
      url.password = password;
      const target = await mkdtemp(join(folder, 'clone-'));
      await git(target, 'clone', '--quiet', url.href, '.');
      return target;
    },
    /** Pushes a branch with one changed file, as a colleague would. */
    async pushBranch(
      branch: string,
      path: string,
      content: string,
    ): Promise<void> {
      const clone = await this.clone();
      await git(clone, 'switch', '--quiet', '--create', branch);
      await writeFile(join(clone, path), content);
      await git(clone, 'add', '.');
      await git(clone, 'commit', '--quiet', '--message', `Change ${path}`);
      await git(clone, 'push', '--quiet', 'origin', branch);
    },
    async stop(): Promise<void> {
      await host.stop();
      await rm(folder, { recursive: true, force: true });
    },
  };
}

/** @internal */
export type TestHost = Awaited<ReturnType<typeof startTestHost>>;
