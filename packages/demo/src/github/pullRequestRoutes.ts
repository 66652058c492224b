import { Request, Router } from 'express';
import { PullRequest } from '../git/PullRequests';
import { pullRequestAnswer } from './answers';
import { GithubContext } from './GithubContext';
import { HttpError } from './HttpError';

const REPO = '/repos/:owner/:repo';

/**
 * Pull requests.
 *
 * @internal
 */
export function addPullRequestRoutes(
  router: Router,
  context: GithubContext,
): void {
  const find = async (request: Request) => {
    const repository = await context.repository(request);
    const pulls = context.pullRequests(repository);
    const pull = await pulls.find(Number(request.params.number));
    if (!pull) {
      throw new HttpError(404, `Not Found: #${request.params.number}`);
    }
    const answer = (changed: PullRequest) =>
      pullRequestAnswer(repository, changed, context.addresses());
    return { pulls, pull, answer };
  };

  router.get(`${REPO}/pulls`, async (request, response) => {
    const repository = await context.repository(request);
    const { state = 'open', head } = request.query;
    const pulls = await context.pullRequests(repository).list();
    response.json(
      pulls
        .map(pull => pullRequestAnswer(repository, pull, context.addresses()))
        .filter(answer => state === 'all' || answer.state === state)
        .filter(answer => !head || answer.head.label === head),
    );
  });

  router.post(`${REPO}/pulls`, async (request, response) => {
    const repository = await context.repository(request);
    const { title, body, head, base, draft } = request.body;
    try {
      const pull = await context.pullRequests(repository).open({
        title,
        body: body ?? '',
        head: String(head).split(':').pop() ?? '',
        base,
        draft,
        author: 'backstage',
      });
      const addresses = context.addresses();
      response.status(201);
      response.json(pullRequestAnswer(repository, pull, addresses));
    } catch (error) {
      throw new HttpError(422, (error as Error).message);
    }
  });

  router.get(`${REPO}/pulls/:number`, async (request, response) => {
    const { pull, answer } = await find(request);
    response.json(answer(pull));
  });

  router.patch(`${REPO}/pulls/:number`, async (request, response) => {
    const { pulls, pull, answer } = await find(request);
    const { title, body, state } = request.body;
    const changed = await pulls.update(pull.number, {
      title: title ?? pull.title,
      body: body ?? pull.body,
      ...(state === 'closed' && pull.state === 'open' ? { state } : {}),
    });
    response.json(answer(changed));
  });

  router.put(`${REPO}/pulls/:number/merge`, async (request, response) => {
    const { pulls, pull } = await find(request);
    try {
      const { mergeSha } = await pulls.merge(pull.number);
      response.json({ merged: true, sha: mergeSha });
    } catch (error) {
      throw new HttpError(405, (error as Error).message);
    }
  });

  router.post(`${REPO}/issues/:number/labels`, async (request, response) => {
    const { pulls, pull } = await find(request);
    const labels = [...new Set([...pull.labels, ...request.body.labels])];
    await pulls.update(pull.number, { labels });
    response.json(labels.map(name => ({ name })));
  });

  // People to ask: the demo has none, so the pull request stays as it is.
  router.post(
    [
      `${REPO}/pulls/:number/requested_reviewers`,
      `${REPO}/issues/:number/assignees`,
    ],
    async (request, response) => {
      const { pull, answer } = await find(request);
      response.status(201).json(answer(pull));
    },
  );
}
