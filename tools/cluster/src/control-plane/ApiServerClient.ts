import { Agent, request } from 'node:https';
import type { AdminCredentials } from './AdminCredentials';

const REQUEST_TIMEOUT_MS = 30_000;

/** An answer of the API server. */
export interface ApiServerAnswer {
  status: number;
  /** Warning headers, as they came. */
  warnings: string[];
  body: string;
}

/** A request for the API server. */
export interface ApiServerRequest {
  method: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';
  /** With its query. */
  path: string;
  /** Sent as it is, byte for byte. Default: none. */
  body?: string | Uint8Array;
  /** Default: `application/yaml`. */
  contentType?: string;
}

/** Raw HTTPS requests to an API server, over a few connections that stay open. */
export class ApiServerClient {
  private readonly agent: Agent;

  /** At most `connections` requests are under way at once; the others wait. */
  constructor(
    private readonly server: string,
    credentials: AdminCredentials,
    connections = 8,
  ) {
    this.agent = new Agent({
      ...credentials,
      keepAlive: true,
      maxSockets: connections,
    });
  }

  /** @throws Error when there is no whole answer in time. */
  send(options: ApiServerRequest): Promise<ApiServerAnswer> {
    const { method, path, body, contentType = 'application/yaml' } = options;
    return new Promise((resolve, reject) => {
      const outgoing = request(
        `${this.server}${path}`,
        {
          method,
          agent: this.agent,
          timeout: REQUEST_TIMEOUT_MS,
          headers: {
            accept: 'application/json',
            ...(body !== undefined && { 'content-type': contentType }),
          },
        },
        response => {
          const chunks: Buffer[] = [];
          response.on('data', chunk => chunks.push(chunk));
          response.on('error', reject);
          response.on('end', () =>
            resolve({
              status: response.statusCode ?? 0,
              warnings: response.headersDistinct.warning ?? [],
              body: Buffer.concat(chunks).toString('utf8'),
            }),
          );
        },
      );
      outgoing.on('timeout', () =>
        outgoing.destroy(new Error(`${method} ${path} got no answer in time`)),
      );
      outgoing.on('error', reject);
      outgoing.end(body);
    });
  }

  /** Closes the connections that stay open. */
  close(): void {
    this.agent.destroy();
  }
}
