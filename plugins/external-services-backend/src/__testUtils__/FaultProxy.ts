import {
  createServer,
  IncomingMessage,
  Server,
  ServerResponse,
} from 'node:http';
import { Agent, createServer as createTlsServer, request } from 'node:https';
import { AddressInfo, Socket } from 'node:net';
import { Server as TlsServer } from 'node:tls';
import type { KeyPair } from 'cluster/control-plane';

/** What goes wrong with one request. */
export type Fault =
  | { kind: 'status'; status: number }
  | { kind: 'reset' }
  | { kind: 'hang' }
  /** The connection breaks after so many bytes of the answer. */
  | { kind: 'cut'; bytes: number };

/** A request as faults are chosen by. */
export interface ProxiedRequest {
  watch: boolean;
  /** `services` or `endpointslices`. */
  resource: string;
  /** True for any page of a list but the first. */
  continued: boolean;
}

/**
 * Stands before a real API server and lets single requests go wrong, placed in
 * the middle of an answer where need be. Plain HTTP at the front, or TLS where it
 * is given a certificate.
 */
export class FaultProxy {
  /** Every request, as `list services` or `watch services`. */
  readonly asked: string[] = [];
  /** How many seconds each watch was asked for. */
  readonly watchSeconds: number[] = [];
  /** Watches that the API server still answers. */
  openWatches = 0;
  /** Default: nothing goes wrong. */
  fault: (asked: ProxiedRequest) => Fault | undefined = () => undefined;
  /** Lists are cut into pages of so many objects. Default: as asked. */
  pageSize?: number;
  readonly #target: string;
  readonly #agent: Agent;
  readonly #server: Server;
  readonly #sockets = new Set<Socket>();

  static async start(
    target: string,
    ca: string,
    serving?: KeyPair,
  ): Promise<FaultProxy> {
    const proxy = new FaultProxy(target, ca, serving);
    await new Promise<void>(resolve =>
      proxy.#server.listen(0, '127.0.0.1', resolve),
    );
    return proxy;
  }

  private constructor(target: string, ca: string, serving?: KeyPair) {
    this.#target = target;
    this.#agent = new Agent({ ca, keepAlive: true });
    const answer = (incoming: IncomingMessage, response: ServerResponse) =>
      this.#forward(incoming, response);
    this.#server = serving
      ? createTlsServer(tlsOptions(serving), answer)
      : createServer(answer);
    this.#server.on('connection', socket => {
      this.#sockets.add(socket);
      socket.once('close', () => this.#sockets.delete(socket));
    });
  }

  get url(): string {
    const { port } = this.#server.address() as AddressInfo;
    const scheme = this.#server instanceof TlsServer ? 'https' : 'http';
    return `${scheme}://127.0.0.1:${port}`;
  }

  /** Shows another certificate from now on. */
  renew(serving: KeyPair) {
    (this.#server as Server & TlsServer).setSecureContext(tlsOptions(serving));
    this.resetAll();
  }

  /** From now on everything is as asked. */
  heal() {
    this.fault = () => undefined;
    this.pageSize = undefined;
  }

  /** Breaks all connections, as a server that crashes does. */
  resetAll() {
    this.#sockets.forEach(socket => socket.resetAndDestroy());
  }

  async stop() {
    this.resetAll();
    this.#agent.destroy();
    await new Promise(resolve => this.#server.close(resolve));
  }

  #forward(incoming: IncomingMessage, response: ServerResponse) {
    const url = new URL(incoming.url ?? '', this.#target);
    const { searchParams } = url;
    const asked: ProxiedRequest = {
      watch: searchParams.has('watch'),
      resource: url.pathname.split('/').at(-1) ?? '',
      continued: searchParams.has('continue'),
    };
    this.asked.push(`${asked.watch ? 'watch' : 'list'} ${asked.resource}`);
    if (asked.watch) {
      this.watchSeconds.push(Number(searchParams.get('timeoutSeconds')));
    }
    const fault = this.fault(asked);
    switch (fault?.kind) {
      case 'status':
        response.writeHead(fault.status);
        response.end(JSON.stringify({ kind: 'Status', code: fault.status }));
        return;
      case 'reset':
        incoming.socket.resetAndDestroy();
        return;
      case 'hang':
        return;
      default:
    }
    if (this.pageSize && searchParams.has('limit')) {
      searchParams.set('limit', String(this.pageSize));
    }
    const outgoing = request(
      url,
      {
        agent: this.#agent,
        headers: { ...incoming.headers, host: url.host },
      },
      answer => {
        response.writeHead(answer.statusCode ?? 502, answer.headers);
        response.flushHeaders();
        let left = fault?.kind === 'cut' ? fault.bytes : Infinity;
        answer.on('data', (chunk: Buffer) => {
          response.write(chunk.subarray(0, Math.max(0, left)), () => {
            if (left <= 0) {
              incoming.socket.resetAndDestroy();
            }
          });
          left -= chunk.length;
        });
        answer.on('end', () => response.end());
        answer.on('error', () => incoming.socket.destroy());
      },
    );
    if (asked.watch) {
      this.openWatches += 1;
      outgoing.once('close', () => {
        this.openWatches -= 1;
      });
    }
    outgoing.on('error', () => incoming.socket.destroy());
    response.on('close', () => outgoing.destroy());
    outgoing.end();
  }
}

function tlsOptions({ certificate, key }: KeyPair) {
  return { cert: certificate, key };
}
