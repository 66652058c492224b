import { stat } from 'node:fs/promises';
import type { RequestOptions } from 'node:https';
import type * as ClientNode from '@kubernetes/client-node';
import type { KubeConfig } from '@kubernetes/client-node';
import type { ClusterAccess } from '../config/ExternalServicesConfig';
import { ClusterError } from './ClusterError';

/** Programs that fetch tokens may ask somebody over the network. */
const CREDENTIALS_TIMEOUT_MS = 15_000;

/**
 * Where a cluster is and what proves who we are: as a kubeconfig says, as the
 * service account the backend runs as, or by a token.
 *
 * @internal
 */
export class KubeAccess {
  readonly #access: ClusterAccess;
  #loaded?: { config: KubeConfig; version: string };

  constructor(access: ClusterAccess) {
    this.#access = access;
  }

  /** Loads everything anew at the next request: it may have been replaced. */
  forget() {
    this.#loaded = undefined;
  }

  /** @throws ClusterError when it cannot be told */
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

  /**
   * TLS and credentials of a request, and the agent where a proxy is configured.
   *
   * @throws ClusterError when they cannot be had
   */
  async requestOptions(): Promise<RequestOptions> {
    const config = await this.#load();
    const { agent, ...options } = await this.#apply(config);
    return config.getCurrentCluster()?.proxyUrl
      ? { ...options, agent }
      : options;
  }

  async #apply(config: KubeConfig): Promise<RequestOptions> {
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
    case 'token':
      config.loadFromClusterAndUser(
        {
          name: 'cluster',
          server: access.url,
          caData: access.caData,
          caFile: access.caFile,
          skipTLSVerify: access.skipTLSVerify,
        },
        { name: 'user', token: access.token },
      );
      return config;
    default:
      throw notCollectable(access.reason);
  }
}

function notCollectable(message: string): ClusterError {
  return new ClusterError('not-collectable', message);
}
