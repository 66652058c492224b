import {
  createServer,
  IncomingMessage,
  Server,
  ServerResponse,
} from 'node:http';
import type { AddressInfo } from 'node:net';

/** Answers one request. */
export type Answer = (
  request: { query: URLSearchParams; watch: boolean },
  response: ServerResponse,
) => void;

/** Metadata of an object, for the shorthand of the scripts below. */
export const service = (name: string, version = 1) => ({
  metadata: {
    name,
    namespace: 'shop',
    uid: `uid-of-${name}`,
    resourceVersion: String(version),
  },
  spec: { type: 'ExternalName', externalName: `${name}.example.com` },
});

/** A page of a list. */
export function page(
  items: object[],
  resourceVersion: number,
  next?: string,
): Answer {
  return (_request, response) =>
    response.end(
      JSON.stringify({
        kind: 'ServiceList',
        metadata: {
          resourceVersion: String(resourceVersion),
          ...(next && { continue: next }),
        },
        items,
      }),
    );
}

/** One line of a watch. */
export const event = (type: string, object: object) =>
  `${JSON.stringify({ type, object })}\n`;

/** A bookmark. */
export const bookmark = (version: number) =>
  event('BOOKMARK', { metadata: { resourceVersion: String(version) } });

/** A watch that sends something and stays open. */
export function holding(...lines: string[]): Answer {
  return (_request, response) => {
    response.writeHead(200);
    response.write(lines.join(''));
  };
}

/** A watch that sends something and ends. */
export function ending(...lines: string[]): Answer {
  return (_request, response) => response.end(lines.join(''));
}

/** A watch that sends something and breaks. */
export function breaking(...lines: string[]): Answer {
  return (_request, response) => {
    response.writeHead(200);
    response.write(lines.join(''), () => response.socket?.resetAndDestroy());
  };
}

/** A refusal. */
export function refusing(status: number, retryAfter?: number): Answer {
  return (_request, response) => {
    response.writeHead(status, {
      ...(retryAfter && { 'retry-after': String(retryAfter) }),
    });
    response.end('{"kind":"Status"}');
  };
}

/** Never answers. */
export const silent: Answer = () => {};

/**
 * A server that answers lists and watches as a script says, for what a real API
 * server does too rarely to be tested with. The last answer of each kind stays.
 */
export class TestApiServer {
  readonly asked: string[] = [];
  lists: Answer[] = [];
  watches: Answer[] = [];
  open = 0;
  mostOpen = 0;
  readonly #server: Server;

  static async start(): Promise<TestApiServer> {
    const server = new TestApiServer();
    await new Promise<void>(resolve =>
      server.#server.listen(0, '127.0.0.1', resolve),
    );
    return server;
  }

  private constructor() {
    this.#server = createServer((request, response) =>
      this.#answer(request, response),
    );
  }

  get url(): string {
    const { port } = this.#server.address() as AddressInfo;
    return `http://127.0.0.1:${port}`;
  }

  async stop() {
    this.#server.closeAllConnections();
    await new Promise(resolve => this.#server.close(resolve));
  }

  #answer(request: IncomingMessage, response: ServerResponse) {
    const { searchParams } = new URL(request.url ?? '', 'http://localhost');
    const watch = searchParams.has('watch');
    this.asked.push(
      watch
        ? `watch ${searchParams.get('resourceVersion')}`
        : `list ${searchParams.get('continue') ?? ''}`.trim(),
    );
    this.open += 1;
    this.mostOpen = Math.max(this.mostOpen, this.open);
    response.once('close', () => {
      this.open -= 1;
    });
    const script = watch ? this.watches : this.lists;
    const answer = script.length > 1 ? script.shift() : script[0];
    (answer ?? silent)({ query: searchParams, watch }, response);
  }
}
