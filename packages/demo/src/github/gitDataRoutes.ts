import { Router } from 'express';
import { writeCommit, writeTree } from '../git/commitChanges';
import { gitCommitAnswer } from './answers';
import { GithubContext } from './GithubContext';
import { HttpError } from './HttpError';

const GIT = '/repos/:owner/:repo/git';

/** One entry of a tree to write, as GitHub's clients send it. */
interface TreeInput {
  path: string;
  mode: string;
  sha?: string | null;
  content?: string;
}

/**
 * The objects and references of a repository.
 *
 * @internal
 */
export function addGitDataRoutes(router: Router, context: GithubContext): void {
  router.get(`${GIT}/trees/:ref(*)`, async (request, response) => {
    const repository = await context.repository(request);
    const { ref } = request.params;
    const recursive = request.query.recursive !== undefined;
    const entries = await repository.tree(ref, { recursive });
    if (!entries) {
      throw new HttpError(404, `Not Found: tree ${ref}`);
    }
    const url = `${context.addresses().api}/repos/${repository.fullName}/git`;
    response.json({
      sha: ref,
      truncated: false,
      tree: entries.map(entry => ({
        ...entry,
        url: `${url}/${entry.type}s/${entry.sha}`,
      })),
    });
  });

  router.post(`${GIT}/trees`, async (request, response) => {
    const repository = await context.repository(request);
    const { base_tree: base, tree } = request.body;
    const changes = await Promise.all(
      (tree as TreeInput[]).map(async ({ path, mode, sha, content }) => ({
        path,
        mode,
        sha:
          content === undefined
            ? sha ?? null
            : await repository.writeBlob(Buffer.from(content)),
      })),
    );
    const sha = await writeTree(repository, base, changes);
    response.status(201).json({ sha });
  });

  router.get(`${GIT}/blobs/:sha`, async (request, response) => {
    const repository = await context.repository(request);
    const { sha } = request.params;
    const content = await repository.blob(sha);
    if (!content) {
      throw new HttpError(404, `Not Found: blob ${sha}`);
    }
    response.json({
      sha,
      size: content.length,
      encoding: 'base64',
      content: content.toString('base64'),
    });
  });

  router.post(`${GIT}/blobs`, async (request, response) => {
    const repository = await context.repository(request);
    const { content, encoding } = request.body;
    const bytes = Buffer.from(
      content,
      encoding === 'base64' ? 'base64' : 'utf8',
    );
    response.status(201).json({ sha: await repository.writeBlob(bytes) });
  });

  router.get(`${GIT}/commits/:sha`, async (request, response) => {
    const repository = await context.repository(request);
    const sha = await context.commit(repository, request.params.sha);
    response.json(gitCommitAnswer(await repository.commit(sha)));
  });

  router.post(`${GIT}/commits`, async (request, response) => {
    const repository = await context.repository(request);
    const { tree, parents, message, author } = request.body;
    const sha = await writeCommit(repository, {
      tree,
      parents: parents ?? [],
      message,
      author: author ?? { name: 'demo', email: 'demo@example.com' },
    });
    response.status(201).json(gitCommitAnswer(await repository.commit(sha)));
  });

  router.get(`${GIT}/ref/:ref(*)`, async (request, response) => {
    const repository = await context.repository(request);
    const ref = `refs/${request.params.ref}`;
    const sha = await context.commit(repository, ref);
    response.json({ ref, object: { type: 'commit', sha } });
  });

  router.post(`${GIT}/refs`, async (request, response) => {
    const repository = await context.repository(request);
    const { ref, sha } = request.body;
    const branch = branchOf(ref);
    if (await repository.resolve(ref)) {
      throw new HttpError(422, `Reference already exists: ${ref}`);
    }
    await repository.setBranch(branch, await context.commit(repository, sha));
    response.status(201).json({ ref, object: { type: 'commit', sha } });
  });

  router.patch(`${GIT}/refs/:ref(*)`, async (request, response) => {
    const repository = await context.repository(request);
    const ref = `refs/${request.params.ref}`;
    const from = await context.commit(repository, ref);
    const sha = await context.commit(repository, request.body.sha);
    const isForward = (await repository.mergeBase(from, sha)) === from;
    if (!isForward && !request.body.force) {
      throw new HttpError(422, 'Update is not a fast forward');
    }
    await repository.setBranch(branchOf(ref), sha, from);
    response.json({ ref, object: { type: 'commit', sha } });
  });
}

function branchOf(ref: string): string {
  const [, branch] = /^refs\/heads\/(.+)$/.exec(ref) ?? [];
  if (!branch) {
    throw new HttpError(422, `Only branches can be written here, not ${ref}`);
  }
  return branch;
}
