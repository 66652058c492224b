import http, { ClientRequest, IncomingMessage } from 'node:http';
import https from 'node:https';
import { PassThrough, Readable } from 'node:stream';
import type { ClusterConnection, ClusterResponse } from './ClusterConnection';
import { ClusterError } from './ClusterError';
import type { KubeAccess } from './KubeAccess';
import { networkError } from './networkError';
import { orAborted } from './orAborted';

const CONNECT_MS = 10_000;
const ANSWER_MS = 30_000;
const MAX_RETRY_AFTER_MS = 60_000;

/**
 * How requests are made.
 *
 * @internal
 */
export interface HttpManner {
  /** Default: 10 s. */
  connectMs?: number;
  /** How long an answer may take to begin. Default: 30 s. */
  answerMs?: number;
  /**
   * Set where cutting an answer off does harm: one that is given up is read to its
   * end behind the back of whoever has given it up, but no longer than this.
   */
  runOutMs?: number;
}

/**
 * Asks an API server, or what stands for it, over HTTP.
 *
 * @internal
 */
export class HttpConnection implements ClusterConnection {
  readonly name: string;
  readonly maxWatchSeconds = 600;
  readonly #access: KubeAccess;
  readonly #manner: HttpManner;
  // No limit: each stream has one request at a time, and one that waited for
  // another stream to end would wait for ever.
  readonly #agents: { http: http.Agent; https: https.Agent };

  static create(name: string, access: KubeAccess, manner: HttpManner = {}) {
    return new HttpConnection(name, access, manner);
  }

  private constructor(name: string, access: KubeAccess, manner: HttpManner) {
    this.name = name;
    this.#access = access;
    this.#manner = manner;
    // What runs out outlives the connection, and is used for nothing else then.
    const keepAlive = manner.runOutMs === undefined;
    this.#agents = {
      http: new http.Agent({ keepAlive }),
      https: new https.Agent({ keepAlive }),
    };
  }

  server(): Promise<string> {
    return this.#access.server();
  }

  async request(
    path: string,
    options: Parameters<ClusterConnection['request']>[1],
  ): Promise<ClusterResponse> {
    const { signal } = options;
    const server = await orAborted(this.#access.server(), signal);
    const { headers, ...tls } = await orAborted(
      this.#access.requestOptions(),
      signal,
    );
    const url = new URL(`${server.replace(/\/+$/, '')}${path}`);
    const [{ request: send }, agent] =
      url.protocol === 'http:'
        ? [http, this.#agents.http]
        : [https, this.#agents.https];
    const outgoing = send(url, {
      agent,
      ...tls,
      headers: {
        accept: 'application/json',
        // Compression would hold events back.
        'accept-encoding': 'identity',
        'user-agent': 'backstage-external-services',
        ...headers,
        ...options.headers,
      },
    });
    const { runOutMs } = this.#manner;
    const giveUp = (response?: IncomingMessage) =>
      runOutMs === undefined
        ? outgoing.destroy()
        : runOut(outgoing, response, runOutMs);
    const response = await this.#answer(outgoing, giveUp, signal);
    if (response.statusCode === 401) {
      this.#access.forget();
    }
    return {
      status: response.statusCode ?? 0,
      retryAfterMs: retryAfter(response),
      body: bodyOf(
        runOutMs === undefined ? response : copyOf(response),
        () => giveUp(response),
        options,
      ),
    };
  }

  close() {
    if (this.#manner.runOutMs === undefined) {
      this.#agents.http.destroy();
      this.#agents.https.destroy();
    }
  }

  #answer(
    outgoing: ClientRequest,
    giveUp: () => void,
    signal: AbortSignal,
  ): Promise<IncomingMessage> {
    const { connectMs = CONNECT_MS, answerMs = ANSWER_MS } = this.#manner;
    return new Promise((resolve, reject) => {
      const fail = (error: ClusterError) => outgoing.destroy(error);
      const connecting = setTimeout(
        () => fail(new ClusterError('timeout', 'it cannot be reached in time')),
        connectMs,
      );
      const answering = setTimeout(
        () => fail(new ClusterError('timeout', 'it did not answer in time')),
        answerMs,
      );
      const settle = () => {
        clearTimeout(connecting);
        clearTimeout(answering);
        signal.removeEventListener('abort', abort);
      };
      function abort() {
        settle();
        giveUp();
        reject(signal.reason);
      }
      signal.addEventListener('abort', abort, { once: true });
      // Everything is written once the connection stands.
      outgoing.once('finish', () => clearTimeout(connecting));
      outgoing.once('response', response => {
        settle();
        resolve(response);
      });
      outgoing.on('error', error => {
        settle();
        reject(networkError(error));
      });
      outgoing.once('close', () => {
        settle();
        reject(networkError({ code: 'ECONNRESET' }));
      });
      outgoing.end();
    });
  }
}

async function* bodyOf(
  body: Readable,
  giveUp: () => void,
  {
    signal,
    idleMs,
    totalMs,
  }: { signal: AbortSignal; idleMs: number; totalMs?: number },
): AsyncGenerator<Buffer> {
  const silent = new ClusterError('timeout', 'it went silent');
  const listen = () => setTimeout(() => body.destroy(silent), idleMs);
  let timer = listen();
  const endless = new ClusterError('timeout', 'its answer did not end in time');
  const end =
    totalMs === undefined
      ? undefined
      : setTimeout(() => body.destroy(endless), totalMs);
  const abort = () => body.destroy();
  signal.addEventListener('abort', abort, { once: true });
  try {
    // It may have been aborted since the answer began, with nobody listening.
    signal.throwIfAborted();
    for await (const chunk of body) {
      // Whoever takes long with a chunk is not the server's silence.
      clearTimeout(timer);
      yield chunk;
      timer = listen();
    }
  } catch (error) {
    throw signal.aborted ? signal.reason : networkError(error);
  } finally {
    clearTimeout(timer);
    clearTimeout(end);
    signal.removeEventListener('abort', abort);
    giveUp();
  }
  signal.throwIfAborted();
}

/** Can be given up while what it is a copy of goes on. */
function copyOf(response: IncomingMessage): Readable {
  const copy = response.pipe(new PassThrough());
  response.once('error', error => copy.destroy(error));
  return copy;
}

/** Reads an answer to its end, if it comes in time, and lets the process end before. */
function runOut(
  outgoing: ClientRequest,
  response: IncomingMessage | undefined,
  withinMs: number,
) {
  if (outgoing.destroyed) {
    return;
  }
  const timer = setTimeout(() => outgoing.destroy(), withinMs);
  timer.unref();
  outgoing.once('close', () => clearTimeout(timer));
  outgoing.socket?.unref();
  if (response) {
    response.unpipe();
    response.resume();
  } else {
    outgoing.once('response', late => late.resume());
  }
}

function retryAfter({ headers }: IncomingMessage): number | undefined {
  const seconds = Number(headers['retry-after']);
  return seconds > 0 ? Math.min(seconds * 1000, MAX_RETRY_AFTER_MS) : undefined;
}
