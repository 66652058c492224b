import { Request, Router } from 'express';
import { commitFiles } from '../git/commitChanges';
import { commitAnswer, repositoryAnswer } from './answers';
import { GithubContext } from './GithubContext';
import { HttpError } from './HttpError';

const REPO = '/repos/:owner/:repo';

/**
 * Branches, commits, archives and files.
 *
 * @internal
 */
export function addContentRoutes(router: Router, context: GithubContext): void {
  router.get(`${REPO}/branches`, async (request, response) => {
    const repository = await context.repository(request);
    const branches = await repository.branches();
    response.json(branches.map(({ name, sha }) => ({ name, commit: { sha } })));
  });

  router.get(`${REPO}/branches/:branch(*)`, async (request, response) => {
    const repository = await context.repository(request);
    const name = request.params.branch;
    const sha = await context.commit(repository, `refs/heads/${name}`);
    response.json({ name, commit: { sha } });
  });

  router.get(`${REPO}/commits`, async (request, response) => {
    const repository = await context.repository(request);
    const { sha, path } = request.query;
    const ref = sha ? String(sha) : await repository.defaultBranch();
    const commits = await repository.commits(
      await context.commit(repository, ref),
      {
        limit: Math.min(Number(request.query.per_page) || 30, 100),
        path: path ? String(path) : undefined,
      },
    );
    response.json(commits.map(commitAnswer));
  });

  router.get(`${REPO}/commits/:ref(*)/status`, async (request, response) => {
    const repository = await context.repository(request);
    const sha = await context.commit(repository, request.params.ref);
    response.json({
      sha,
      state: 'success',
      statuses: [],
      total_count: 0,
      repository: await repositoryAnswer(repository, context.addresses()),
    });
  });

  router.get(`${REPO}/commits/:ref(*)`, async (request, response) => {
    const repository = await context.repository(request);
    const sha = await context.commit(repository, request.params.ref);
    const commit = await repository.commit(sha);
    response.json(commitAnswer(commit));
  });

  router.get(`${REPO}/tarball/:ref(*)`, async (request, response) => {
    const repository = await context.repository(request);
    const sha = await context.commit(repository, request.params.ref);
    const child = repository.archive(sha);
    response.on('close', () => child.kill());
    child.on('error', () => response.destroy());
    response.type('application/gzip');
    child.stdout?.pipe(response);
  });

  router.get(`${REPO}/contents/:path(*)`, async (request, response) => {
    const repository = await context.repository(request);
    const path = request.params.path.replace(/\/+$/, '');
    const ref = String(request.query.ref ?? (await repository.defaultBranch()));
    const sha = await context.commit(repository, ref);
    const { api } = context.addresses();
    const describe = (entry: { path: string; type: string; sha: string }) => ({
      name: entry.path.split('/').pop(),
      path: entry.path,
      sha: entry.sha,
      type: entry.type === 'tree' ? 'dir' : 'file',
      url: `${api}/repos/${repository.fullName}/contents/${entry.path}?ref=${sha}`,
    });

    const entry = path ? await repository.entry(sha, path) : undefined;
    if (!path || entry?.type === 'tree') {
      const entries = (await repository.tree(sha, { path })) ?? [];
      const inside = (name: string) => (path ? `${path}/${name}` : name);
      response.json(
        entries.map(child => describe({ ...child, path: inside(child.path) })),
      );
      return;
    }
    const content = entry && (await repository.blob(entry.sha));
    if (!entry || !content) {
      throw new HttpError(404, `Not Found: ${path} at ${ref}`);
    }
    const etag = `"${entry.sha}"`;
    response.set('ETag', etag);
    if (request.get('if-none-match') === etag) {
      response.status(304).end();
    } else if (wantsRaw(request)) {
      response.type('application/vnd.github.v3.raw').send(content);
    } else {
      response.json({
        ...describe(entry),
        size: content.length,
        encoding: 'base64',
        content: content.toString('base64'),
      });
    }
  });

  router.put(`${REPO}/contents/:path(*)`, async (request, response) => {
    const repository = await context.repository(request);
    const { path } = request.params;
    const { content, message, branch, author } = request.body;
    const sha = await commitFiles(repository, {
      branch: branch ?? (await repository.defaultBranch()),
      files: { [path]: Buffer.from(content, 'base64') },
      message,
      author: author ?? { name: 'demo', email: 'demo@example.com' },
    });
    response.status(201).json({ content: { path }, commit: { sha } });
  });
}

function wantsRaw(request: Request): boolean {
  return /\braw\b/.test(request.get('accept') ?? '');
}
