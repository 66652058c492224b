import express, { ErrorRequestHandler, Request, Router } from 'express';
import PromiseRouter from 'express-promise-router';
import { GitStore } from '../git/GitStore';
import { Addresses, accountAnswer, repositoryAnswer } from './answers';
import { addGitDataRoutes } from './gitDataRoutes';
import { branchInfo } from './branchInfo';
import { addContentRoutes } from './contentRoutes';
import { addPullRequestRoutes } from './pullRequestRoutes';
import { GithubContext } from './GithubContext';
import { HttpError } from './HttpError';

const answerErrors: ErrorRequestHandler = (error, _request, response, next) => {
  if (response.headersSent) {
    next(error);
    return;
  }
  response.status(error.status ?? 500).json({ message: error.message });
};

/**
 * The part of GitHub's REST and GraphQL API that Backstage's reader and
 * publish actions call. Reading is free, writing needs the token.
 *
 * @param options - `addresses` are asked for with each answer, since the port may be chosen late
 * @public
 */
export function createGithubApi(options: {
  store: GitStore;
  mayWrite: (request: Request) => boolean;
  addresses: () => Addresses;
}): Router {
  const { store, mayWrite, addresses } = options;
  const router = PromiseRouter();
  const context = new GithubContext(store, addresses);

  router.use((request, _response, next) => {
    const reads = ['GET', 'HEAD'].includes(request.method);
    if (!reads && request.path !== '/graphql' && !mayWrite(request)) {
      throw new HttpError(401, 'Bad credentials: writing needs the token');
    }
    next();
  });
  router.use(express.json({ limit: '40mb' }));

  router.get('/user', (_request, response) => {
    response.json(accountAnswer('demo', addresses()));
  });
  router.get('/users/:owner', (request, response) => {
    response.json(accountAnswer(request.params.owner, addresses()));
  });
  router.get('/orgs/:owner', (request, response) => {
    response.json(accountAnswer(request.params.owner, addresses()));
  });

  router.post(
    ['/orgs/:owner/repos', '/user/repos'],
    async (request, response) => {
      const owner = request.params.owner ?? 'demo';
      try {
        const { name } = request.body;
        const repository = await store.repositories.create(owner, name);
        response.status(201);
        response.json(await repositoryAnswer(repository, addresses()));
      } catch (error) {
        throw new HttpError(422, (error as Error).message);
      }
    },
  );

  router.get('/repos/:owner/:repo', async (request, response) => {
    const repository = await context.repository(request);
    response.json(await repositoryAnswer(repository, addresses()));
  });

  addContentRoutes(router, context);
  addGitDataRoutes(router, context);
  addPullRequestRoutes(router, context);

  router.post('/graphql', async (request, response) => {
    response.json(await branchInfo(store, addresses(), request.body));
  });

  // Settings of a repository: nothing here reads them, so taking note is enough.
  router.put(
    [
      '/repos/:owner/:repo/branches/:branch/protection',
      '/repos/:owner/:repo/topics',
      '/repos/:owner/:repo/subscription',
      '/repos/:owner/:repo/collaborators/:user',
      '/orgs/:owner/teams/:team/repos/:owner/:repo',
    ],
    (request, response) => {
      response.json(request.body ?? {});
    },
  );
  router.get('/orgs/:owner/teams/:team', (request, response) => {
    response.json({ slug: request.params.team });
  });

  router.use((request, _response) => {
    throw new HttpError(
      404,
      `This demo host does not know ${request.method} ${request.path}`,
    );
  });
  router.use(answerErrors);
  return router;
}
