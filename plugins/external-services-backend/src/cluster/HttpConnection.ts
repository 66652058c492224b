import http, { ClientRequest, IncomingMessage } from 'node:http';
import https from 'node:https';
import type { ClusterConfig } from '../config/ExternalServicesConfig';
import type { ClusterConnection, ClusterResponse } from './ClusterConnection';
import { ClusterError } from './ClusterError';
import { KubeAccess, kubeAccess } from './KubeAccess';
import { networkError } from './networkError';

const CONNECT_MS = 10_000;
const ANSWER_MS = 30_000;
const MAX_RETRY_AFTER_MS = 60_000;

/**
 * Asks an API server directly.
 *
 * @internal
 */
export class HttpConnection implements ClusterConnection {
  readonly name: string;
  readonly #access: KubeAccess;
  readonly #timeouts: { connectMs: number; answerMs: number };
  // No limit: each stream has one request at a time, and one that waited for
  // another stream to end would wait for ever.
  readonly #agents = {
    http: new http.Agent({ keepAlive: true }),
    https: new https.Agent({ keepAlive: true }),
  };

  static create(
    cluster: ClusterConfig,
    timeouts = { connectMs: CONNECT_MS, answerMs: ANSWER_MS },
  ) {
    return new HttpConnection(cluster, timeouts);
  }

  private constructor(
    cluster: ClusterConfig,
    timeouts: { connectMs: number; answerMs: number },
  ) {
    this.name = cluster.name;
    this.#access = kubeAccess(cluster.access);
    this.#timeouts = timeouts;
  }

  server(): Promise<string> {
    return this.#access.server();
  }

  async request(
    path: string,
    options: Parameters<ClusterConnection['request']>[1],
  ): Promise<ClusterResponse> {
    const server = await this.#access.server();
    const { headers, ...tls } = await this.#access.requestOptions();
    options.signal.throwIfAborted();
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
    const response = await this.#answer(outgoing, options.signal);
    if (response.statusCode === 401) {
      this.#access.forget();
    }
    return {
      status: response.statusCode ?? 0,
      retryAfterMs: retryAfter(response),
      body: bodyOf(outgoing, response, options),
    };
  }

  close() {
    this.#agents.http.destroy();
    this.#agents.https.destroy();
  }

  #answer(
    outgoing: ClientRequest,
    signal: AbortSignal,
  ): Promise<IncomingMessage> {
    const { connectMs, answerMs } = this.#timeouts;
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
      const abort = () => outgoing.destroy();
      const settle = () => {
        clearTimeout(connecting);
        clearTimeout(answering);
        signal.removeEventListener('abort', abort);
      };
      signal.addEventListener('abort', abort, { once: true });
      // Everything is written once the connection stands.
      outgoing.once('finish', () => clearTimeout(connecting));
      outgoing.once('response', response => {
        settle();
        resolve(response);
      });
      outgoing.on('error', error => {
        settle();
        reject(signal.aborted ? signal.reason : networkError(error));
      });
      outgoing.once('close', () => {
        settle();
        reject(
          signal.aborted ? signal.reason : networkError({ code: 'ECONNRESET' }),
        );
      });
      outgoing.end();
    });
  }
}

async function* bodyOf(
  outgoing: ClientRequest,
  response: IncomingMessage,
  { signal, idleMs }: { signal: AbortSignal; idleMs: number },
): AsyncGenerator<Buffer> {
  const silent = new ClusterError('timeout', 'it went silent');
  const listen = () => setTimeout(() => response.destroy(silent), idleMs);
  let timer = listen();
  const abort = () => response.destroy();
  signal.addEventListener('abort', abort, { once: true });
  try {
    // It may have been aborted since the answer began, with nobody listening.
    signal.throwIfAborted();
    for await (const chunk of response) {
      // Whoever takes long with a chunk is not the server's silence.
      clearTimeout(timer);
      yield chunk;
      timer = listen();
    }
  } catch (error) {
    throw signal.aborted ? signal.reason : networkError(error);
  } finally {
    clearTimeout(timer);
    signal.removeEventListener('abort', abort);
    outgoing.destroy();
  }
  signal.throwIfAborted();
}

function retryAfter({ headers }: IncomingMessage): number | undefined {
  const seconds = Number(headers['retry-after']);
  return seconds > 0 ? Math.min(seconds * 1000, MAX_RETRY_AFTER_MS) : undefined;
}
