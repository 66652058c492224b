import { timingSafeEqual } from 'node:crypto';
import { createServer, Server } from 'node:http';
import { AddressInfo } from 'node:net';
import express, { Request, RequestHandler } from 'express';
import { GitStore } from './git/GitStore';
import { smartHttp } from './git/smartHttp';
import { createGithubApi } from './github/createGithubApi';
import { createPages } from './pages/createPages';

const LOCAL_HOST = /^(localhost|127\.0\.0\.1|\[::1\])(:\d+)?$/;

/** Defends against names of other sites that lead to loopback (DNS rebinding). */
const onlyLocalHost: RequestHandler = (request, response, next) => {
  if (LOCAL_HOST.test(request.get('host') ?? '')) {
    next();
  } else {
    response.status(403).send('This host answers to localhost only.');
  }
};

/**
 * Settings of a Git host.
 *
 * @public
 */
export interface GitHostOptions {
  /** Where the bare repositories are kept. */
  folder: string;
  /** Content of the first repositories, `<owner>/<name>/…`. Default: none. */
  seed?: string;
  /** Default: 0, any free port. */
  port?: number;
  /** What writing needs. Default: `demo`. */
  token?: string;
}

/**
 * A Git host on loopback with real repositories: git's own HTTP protocol, the
 * part of GitHub's API that Backstage uses, and pages with a Merge button.
 *
 * @public
 */
export class GitHost {
  readonly store: GitStore;
  readonly #options: GitHostOptions;
  #server?: Server;

  constructor(options: GitHostOptions) {
    this.#options = options;
    this.store = new GitStore(options.folder);
  }

  /** For example `http://localhost:7017`. @throws Error before `start`. */
  get url(): string {
    const address = this.#server?.address() as AddressInfo | null | undefined;
    if (!address) {
      throw new Error('The Git host has not been started');
    }
    return `http://localhost:${address.port}`;
  }

  /** Makes the first repositories and listens. */
  async start(): Promise<void> {
    if (this.#options.seed) {
      await this.store.repositories.seed(this.#options.seed);
    }
    const server = createServer(this.#app());
    await new Promise<void>((resolve, reject) => {
      server.once('error', reject);
      server.listen(this.#options.port ?? 0, '127.0.0.1', resolve);
    });
    this.#server = server;
  }

  /** Ends open connections too. */
  async stop(): Promise<void> {
    const server = this.#server;
    this.#server = undefined;
    if (server) {
      const closed = new Promise(resolve => server.close(resolve));
      server.closeAllConnections();
      await closed;
    }
  }

  #app() {
    const mayWrite = hasToken(this.#options.token ?? 'demo');
    const { store } = this;
    const app = express();
    app.disable('x-powered-by');
    app.disable('etag');
    app.use(onlyLocalHost);
    app.use(smartHttp({ repositories: store.repositories, mayWrite }));
    const addresses = () => ({ web: this.url, api: `${this.url}/api/v3` });
    const api = createGithubApi({ store, mayWrite, addresses });
    // Octokit turns the REST address of an enterprise host into this one for GraphQL.
    app.use(['/api/v3', '/api'], api);
    app.use(createPages(store));
    return app;
  }
}

/** The token as a bearer, as a GitHub token or as the password of basic authentication. */
function hasToken(token: string): (request: Request) => boolean {
  return request => {
    const [scheme, value = ''] = (request.get('authorization') ?? '').split(
      ' ',
    );
    const given = /^basic$/i.test(scheme)
      ? Buffer.from(value, 'base64').toString().split(':').slice(1).join(':')
      : value;
    const a = Buffer.from(given);
    const b = Buffer.from(token);
    return a.length === b.length && timingSafeEqual(a, b);
  };
}
