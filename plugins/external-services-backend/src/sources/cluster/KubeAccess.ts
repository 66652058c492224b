import { readFile, stat } from 'node:fs/promises';
import type { RequestOptions } from 'node:https';
import type * as ClientNode from '@kubernetes/client-node';
import type { KubeConfig } from '@kubernetes/client-node';
import type { ClusterAccess } from '../../config/ExternalServicesConfig';
import { ClusterError } from './ClusterError';

/** Programs that fetch tokens may ask somebody over the network. */
const CREDENTIALS_TIMEOUT_MS = 15_000;

/**
 * Where a cluster is, and what proves who we are.
 *
 * @internal
 */
export interface KubeAccess {
  /** @throws ClusterError when it cannot be told */
  server(): Promise<string>;
  /**
   * TLS and credentials of a request, and the agent where a proxy is configured.
   *
   * @throws ClusterError when they cannot be had
   */
  requestOptions(): Promise<RequestOptions>;
  /** Loads everything anew at the next request: it may have been replaced. */
  forget(): void;
}

function tokenAccess(
  access: Extract<ClusterAccess, { kind: 'token' }>,
): KubeAccess {
  const { url, token, caData, caFile, skipTLSVerify } = access;
  const authority = async () => {
    if (caData) {
      return Buffer.from(caData, 'base64');
    }
    return caFile
      ? readFile(caFile).catch(() => {
          throw notCollectable(`its caFile ${caFile} cannot be read`);
        })
      : undefined;
  };
  return {
    server: async () => url,
    requestOptions: async () => ({
      headers: { authorization: `Bearer ${token}` },
      ca: await authority(),
      ...(skipTLSVerify && { rejectUnauthorized: false }),
    }),
    forget: () => {},
  };
}

class KubeConfigAccess implements KubeAccess {
  readonly #access: ClusterAccess;
  #loaded?: { config: KubeConfig; version: string };
  /** Streams begin together; a program for credentials runs once for all of them. */
  #applying?: { config: KubeConfig; options: Promise<RequestOptions> };

  constructor(access: ClusterAccess) {
    this.#access = access;
  }

  forget() {
    this.#loaded = undefined;
  }

  async server(): Promise<string> {
    const cluster = (await this.#load()).getCurrentCluster();
    if (!cluster || !URL.canParse(cluster.server)) {
      throw notCollectable(
        this.#access.kind === 'in-cluster'
          ? 'the portal does not run in a cluster. Set kubeconfig instead of inCluster'
          : 'its kubeconfig names no server for the context. Name another context',
      );
    }
    return cluster.server;
  }

  async requestOptions(): Promise<RequestOptions> {
    const config = await this.#load();
    const { agent, ...options } = await this.#apply(config);
    return config.getCurrentCluster()?.proxyUrl
      ? { ...options, agent }
      : options;
  }

  #apply(config: KubeConfig): Promise<RequestOptions> {
    if (this.#applying?.config !== config) {
      const applying = { config, options: applyTo(config) };
      this.#applying = applying;
      const done = () => {
        if (this.#applying === applying) {
          this.#applying = undefined;
        }
      };
      applying.options.then(done, done);
    }
    return this.#applying.options;
  }

  async #load(): Promise<KubeConfig> {
    const access = this.#access;
    try {
      // A file that is replaced holds newer credentials.
      const version =
        access.kind === 'kubeconfig'
          ? String((await stat(access.path)).mtimeMs)
          : '';
      if (this.#loaded?.version !== version) {
        this.#loaded = { config: load(access), version };
      }
      return this.#loaded.config;
    } catch (error) {
      throw error instanceof ClusterError
        ? error
        : notCollectable(
            access.kind === 'kubeconfig'
              ? `its kubeconfig ${access.path} cannot be read`
              : 'its configuration cannot be read',
          );
    }
  }
}

/**
 * The access that is configured: as a kubeconfig says, as the service account
 * the backend runs as, or by a token.
 *
 * @internal
 */
export function kubeAccess(access: ClusterAccess): KubeAccess {
  return access.kind === 'token'
    ? tokenAccess(access)
    : new KubeConfigAccess(access);
}

async function applyTo(config: KubeConfig): Promise<RequestOptions> {
  const options: RequestOptions = { headers: {} };
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(
      () => reject(new Error('no credentials in time')),
      CREDENTIALS_TIMEOUT_MS,
    );
  });
  try {
    await Promise.race([config.applyToHTTPSOptions(options), late]);
    return options;
  } catch {
    // What a program for credentials says may hold secrets.
    throw notCollectable(
      'the credentials that its kubeconfig names cannot be had',
    );
  } finally {
    clearTimeout(timer);
  }
}

function load(access: ClusterAccess): KubeConfig {
  // A large package: whoever has no cluster does not pay for it.
  const client: typeof ClientNode = require('@kubernetes/client-node');
  const config = new client.KubeConfig();
  switch (access.kind) {
    case 'kubeconfig':
      config.loadFromFile(access.path);
      if (access.context !== undefined) {
        config.setCurrentContext(access.context);
      }
      return config;
    case 'in-cluster':
      config.loadFromCluster();
      return config;
    default:
      throw notCollectable('it has no access of its own');
  }
}

function notCollectable(message: string): ClusterError {
  return new ClusterError('not-collectable', message);
}
