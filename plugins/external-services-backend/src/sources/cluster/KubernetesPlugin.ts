import type {
  AuthService,
  DiscoveryService,
} from '@backstage/backend-plugin-api';
import type { ListedCluster } from '../../config/withListedClusters';
import { ClusterError } from './ClusterError';
import { HttpConnection, type HttpManner } from './HttpConnection';
import { KubernetesPluginConnection } from './KubernetesPluginConnection';
import {
  kubernetesPluginError,
  ofKubernetesPlugin,
} from './kubernetesPluginError';
import { recordOf } from './projectObject';
import { readText } from './readLines';

const PLUGIN_ID = 'kubernetes';
const MAX_LIST_BYTES = 4_000_000;
const IDLE_MS = 30_000;

/**
 * The Kubernetes plugin of the portal, asked as one plugin asks another.
 *
 * @internal
 */
export class KubernetesPlugin {
  readonly #auth: AuthService;
  readonly #discovery: DiscoveryService;

  static create(options: { auth: AuthService; discovery: DiscoveryService }) {
    return new KubernetesPlugin(options.auth, options.discovery);
  }

  private constructor(auth: AuthService, discovery: DiscoveryService) {
    this.#auth = auth;
    this.#discovery = discovery;
  }

  /**
   * The clusters that it knows.
   *
   * @throws ClusterError when it does not tell
   */
  async clusters(signal: AbortSignal): Promise<ListedCluster[]> {
    const connection = this.#connection('/clusters', {}, {});
    try {
      const { status, body } = await connection.request('', {
        signal,
        idleMs: IDLE_MS,
        totalMs: IDLE_MS,
      });
      const text = await readText(body, MAX_LIST_BYTES);
      if (status !== 200) {
        throw kubernetesPluginError(status, text);
      }
      return readList(text);
    } catch (error) {
      throw ofKubernetesPlugin(error);
    } finally {
      connection.close();
    }
  }

  /** A way through it to one of its clusters. */
  connect(cluster: string): KubernetesPluginConnection {
    return KubernetesPluginConnection.create(cluster, manner =>
      this.#connection(
        '/proxy',
        { 'backstage-kubernetes-cluster': cluster },
        manner,
      ),
    );
  }

  #connection(
    path: string,
    headers: Record<string, string>,
    manner: HttpManner,
  ): HttpConnection {
    return HttpConnection.create(
      PLUGIN_ID,
      {
        server: async () =>
          `${await this.#discovery.getBaseUrl(PLUGIN_ID)}${path}`,
        // Tokens are good for an hour or so: each request has its own.
        requestOptions: async () => {
          const { token } = await this.#auth.getPluginRequestToken({
            onBehalfOf: await this.#auth.getOwnServiceCredentials(),
            targetPluginId: PLUGIN_ID,
          });
          return { headers: { ...headers, authorization: `Bearer ${token}` } };
        },
        forget: () => {},
      },
      manner,
    );
  }
}

function readList(text: string): ListedCluster[] {
  const { items } = recordOf(parse(text));
  if (!Array.isArray(items)) {
    throw new ClusterError('server', 'it answered with something else');
  }
  const textOf = (value: unknown) =>
    typeof value === 'string' && value ? value : undefined;
  return items.map(recordOf).flatMap(item => {
    const name = textOf(item.name);
    return name
      ? {
          name,
          title: textOf(item.title),
          authProvider: textOf(item.authProvider),
        }
      : [];
  });
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
