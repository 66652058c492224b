import { spawn } from 'node:child_process';
import { Request, RequestHandler, Response } from 'express';
import { GIT_ENVIRONMENT } from './git';
import { GitRepositories } from './GitRepositories';

const REQUEST =
  /^\/([^/]+)\/([^/]+?)(?:\.git)?\/(info\/refs|git-upload-pack|git-receive-pack)$/;
const TIMEOUT_MS = 60_000;

/**
 * Git's smart HTTP protocol: clone, fetch and push of real repositories, by
 * `git http-backend`.
 *
 * @param options - `mayWrite` decides on a push; without it git is asked for a password
 * @public
 */
export function smartHttp(options: {
  repositories: GitRepositories;
  mayWrite: (request: Request) => boolean;
}): RequestHandler {
  return async (request, response, next) => {
    const match = REQUEST.exec(request.path);
    if (!match) {
      next();
      return;
    }
    const [, owner, name, service] = match;
    const repository = await options.repositories.find(owner, name);
    if (!repository) {
      response.status(404).send('There is no such repository on this host.');
      return;
    }
    const writes =
      service === 'git-receive-pack' ||
      request.query.service === 'git-receive-pack';
    if (writes && !options.mayWrite(request)) {
      response
        .status(401)
        .set('WWW-Authenticate', 'Basic realm="demo Git host"')
        .send('A push needs the token of this demo as its password: demo');
      return;
    }
    serve(request, response, {
      GIT_PROJECT_ROOT: options.repositories.folder,
      GIT_HTTP_EXPORT_ALL: '1',
      PATH_INFO: `/${repository.fullName}.git/${service}`,
      QUERY_STRING: request.originalUrl.split('?')[1] ?? '',
      REQUEST_METHOD: request.method,
      CONTENT_TYPE: request.get('content-type') ?? '',
      HTTP_CONTENT_ENCODING: request.get('content-encoding') ?? '',
      GIT_PROTOCOL: request.get('git-protocol') ?? '',
      ...(request.get('content-length')
        ? { CONTENT_LENGTH: request.get('content-length') }
        : {}),
      ...(writes ? { REMOTE_USER: 'demo' } : {}),
    });
  };
}

/** Runs the backend as a web server would (CGI): header lines, an empty line, the body. */
function serve(
  request: Request,
  response: Response,
  variables: NodeJS.ProcessEnv,
): void {
  const child = spawn('git', ['http-backend'], {
    env: { ...process.env, ...GIT_ENVIRONMENT, ...variables },
    timeout: TIMEOUT_MS,
  });
  child.on('error', () => response.destroy());
  child.stdin.on('error', () => {});
  request.pipe(child.stdin);
  response.on('close', () => child.kill());

  let head = Buffer.alloc(0);
  const readHead = (chunk: Buffer) => {
    head = Buffer.concat([head, chunk]);
    const end = head.indexOf('\r\n\r\n');
    if (end === -1) {
      return;
    }
    child.stdout.off('data', readHead);
    for (const line of head.subarray(0, end).toString().split('\r\n')) {
      const [, key, value] = /^([^:]+): *(.*)$/.exec(line) ?? [];
      if (key?.toLowerCase() === 'status') {
        response.status(Number.parseInt(value, 10));
      } else if (key) {
        response.setHeader(key, value);
      }
    }
    response.write(head.subarray(end + 4));
    child.stdout.pipe(response);
  };
  child.stdout.on('data', readHead);
  child.on('close', () => {
    if (!response.writableEnded) {
      response.end();
    }
  });
}
