import { randomUUID } from 'node:crypto';
import express, { Request, RequestHandler, Router } from 'express';
import PromiseRouter from 'express-promise-router';
import { BareRepository } from '../git/BareRepository';
import { commitFiles } from '../git/commitChanges';
import { GitStore } from '../git/GitStore';
import {
  editPage,
  filePage,
  FilePlace,
  folderPage,
  homePage,
} from './filePages';
import { messagePage } from './layout';
import { pullRequestPage, pullRequestsPage } from './pullRequestPages';
import { STYLE } from './style';

/**
 * The pages a person sees: repositories, files and pull requests.
 *
 * @public
 */
export function createPages(store: GitStore): Router {
  const router = PromiseRouter();
  // Only a page of this host knows it, so no other site can press its buttons.
  const secret = randomUUID();
  const form = express.urlencoded({ extended: false, limit: '1mb' });
  const ownForm: RequestHandler = (request, response, next) => {
    if (request.body.secret === secret) {
      next();
    } else {
      response
        .status(403)
        .send(messagePage('Page too old', 'Reload the page and try again.'));
    }
  };

  const openPulls = async (repository: BareRepository) => {
    const pulls = await store.pullRequests(repository).list();
    return pulls.filter(pull => pull.state === 'open').length;
  };
  const find = async ({ params }: Request) =>
    store.repositories.find(params.owner, params.repo);
  const placeOf = async (request: Request): Promise<FilePlace | undefined> => {
    const repository = await find(request);
    const place =
      repository && (await splitRef(repository, request.params.place));
    return (
      place && { ...place, repository, openPulls: await openPulls(repository) }
    );
  };
  const textAt = async ({ repository, ref, path }: FilePlace) => {
    const entry = await repository.entry(ref, path);
    const content = entry && (await repository.blob(entry.sha));
    return content?.toString();
  };

  router.use((_request, response, next) => {
    response.set(
      'Content-Security-Policy',
      "default-src 'none'; style-src 'self' 'unsafe-inline'; img-src data:; form-action 'self'",
    );
    response.set('Cache-Control', 'no-store');
    next();
  });

  router.get('/-/style.css', (_request, response) => {
    response.type('css').send(STYLE);
  });

  router.get('/', async (_request, response) => {
    const repositories = await store.repositories.list();
    response.send(
      homePage(
        await Promise.all(
          repositories.map(async repository => ({
            repository,
            openPulls: await openPulls(repository),
          })),
        ),
      ),
    );
  });

  router.get('/:owner/:repo', async (request, response, next) => {
    const repository = await find(request);
    if (!repository) {
      next();
      return;
    }
    const ref = await repository.defaultBranch();
    const place = {
      repository,
      ref,
      path: '',
      openPulls: await openPulls(repository),
    };
    const sha = await repository.resolve(ref);
    if (!sha) {
      response.send(folderPage(place, [], undefined));
      return;
    }
    const { message, author } = await repository.commit(sha);
    const entries = (await repository.tree(sha)) ?? [];
    response.send(folderPage(place, entries, { message, date: author.date }));
  });

  router.get(
    '/:owner/:repo/tree/:place(*)',
    async (request, response, next) => {
      const place = await placeOf(request);
      const entries = place && (await place.repository.tree(place.ref, place));
      if (place && !entries && (await textAt(place)) !== undefined) {
        // As GitHub does: whoever makes a link need not know a file from a folder.
        const { repository, ref, path } = place;
        response.redirect(`/${repository.fullName}/blob/${ref}/${path}`);
        return;
      }
      if (!place || !entries) {
        next();
        return;
      }
      response.send(folderPage(place, entries, undefined));
    },
  );

  router.get(
    '/:owner/:repo/blob/:place(*)',
    async (request, response, next) => {
      const place = await placeOf(request);
      const content = place && (await textAt(place));
      if (!place || content === undefined) {
        next();
        return;
      }
      response.send(filePage(place, content));
    },
  );

  router.get(
    '/:owner/:repo/edit/:place(*)',
    async (request, response, next) => {
      const place = await placeOf(request);
      if (!place?.path) {
        next();
        return;
      }
      const content = (await textAt(place)) ?? '';
      response.send(editPage(place, content, secret));
    },
  );

  router.post(
    '/:owner/:repo/edit/:place(*)',
    form,
    ownForm,
    async (request, response, next) => {
      const place = await placeOf(request);
      if (!place?.path) {
        next();
        return;
      }
      const { repository, ref, path } = place;
      await commitFiles(repository, {
        branch: ref,
        files: { [path]: String(request.body.content).replace(/\r\n/g, '\n') },
        message: `Edit ${path}`,
        author: { name: 'You', email: 'you@example.com' },
      });
      response.redirect(303, `/${repository.fullName}/blob/${ref}/${path}`);
    },
  );

  router.get('/:owner/:repo/pulls', async (request, response, next) => {
    const repository = await find(request);
    if (!repository) {
      next();
      return;
    }
    const pulls = await store.pullRequests(repository).list();
    response.send(pullRequestsPage(repository, pulls));
  });

  router.get('/:owner/:repo/pull/:number', async (request, response, next) => {
    const repository = await find(request);
    const pulls = repository && store.pullRequests(repository);
    const pull = await pulls?.find(Number(request.params.number));
    if (!repository || !pulls || !pull) {
      next();
      return;
    }
    const compared = await pulls.compared(pull);
    response.send(
      pullRequestPage({
        repository,
        pull,
        openPulls: await openPulls(repository),
        diff: compared ? await repository.diff(compared.from, compared.to) : '',
        conflicts: compared ? await pulls.conflicts(pull) : [],
        secret,
      }),
    );
  });

  router.post(
    '/:owner/:repo/pull/:number/merge',
    form,
    ownForm,
    async (request, response, next) => {
      const repository = await find(request);
      if (!repository) {
        next();
        return;
      }
      const number = Number(request.params.number);
      try {
        await store.pullRequests(repository).merge(number);
      } catch (error) {
        response
          .status(409)
          .send(messagePage('Not merged', (error as Error).message));
        return;
      }
      response.redirect(303, `/${repository.fullName}/pull/${number}`);
    },
  );

  router.use((request, response) => {
    response
      .status(404)
      .send(messagePage('Not found', `There is nothing at ${request.path}.`));
  });
  return router;
}

/** Splits `a/branch/folder/file` at the longest branch name it starts with. */
async function splitRef(
  repository: BareRepository,
  text: string,
): Promise<{ ref: string; path: string } | undefined> {
  const parts = text.replace(/\/+$/, '').split('/');
  const branches = (await repository.branches()).map(({ name }) => name);
  for (let length = parts.length; length > 0; length--) {
    const ref = parts.slice(0, length).join('/');
    if (branches.includes(ref)) {
      return { ref, path: parts.slice(length).join('/') };
    }
  }
  const [ref, ...path] = parts;
  return (await repository.resolve(ref))
    ? { ref, path: path.join('/') }
    : undefined;
}
