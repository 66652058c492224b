import type { ClusterConnection, ClusterResponse } from './ClusterConnection';
import { ClusterError } from './ClusterError';
import type { HttpConnection, HttpManner } from './HttpConnection';
import {
  isOfApiServer,
  kubernetesPluginError,
  ofKubernetesPlugin,
} from './kubernetesPluginError';
import { readText } from './readLines';

/**
 * The proxy does not notice that a stream was cut off and keeps its own half open,
 * for ever if the half is full: streams are short, and read to their end.
 */
const MAX_WATCH_SECONDS = 120;
const RUN_OUT_MS = (MAX_WATCH_SECONDS + 5) * 1000;
/** API servers send a bookmark 2 s before the end, and 10 s are a healthy stream. */
const TRIAL_WATCH_SECONDS = 13;
const MAX_ERROR_BYTES = 100_000;

/**
 * Asks a cluster by way of the proxy of the Kubernetes plugin.
 *
 * @internal
 */
export class KubernetesPluginConnection implements ClusterConnection {
  readonly name: string;
  readonly maxWatchSeconds = MAX_WATCH_SECONDS;
  readonly trialWatchSeconds = TRIAL_WATCH_SECONDS;
  readonly #connect: (manner: HttpManner) => HttpConnection;

  static create(
    name: string,
    connect: (manner: HttpManner) => HttpConnection,
  ): KubernetesPluginConnection {
    return new KubernetesPluginConnection(name, connect);
  }

  private constructor(
    name: string,
    connect: (manner: HttpManner) => HttpConnection,
  ) {
    this.name = name;
    this.#connect = connect;
  }

  /** The address is the plugin's secret; its name for the cluster has to do. */
  async server(): Promise<string> {
    return `kubernetes-plugin:${this.name}`;
  }

  async request(
    path: string,
    options: Parameters<ClusterConnection['request']>[1],
  ): Promise<ClusterResponse> {
    // The proxy sends no header before the first event.
    const manner = { runOutMs: RUN_OUT_MS, answerMs: options.idleMs };
    const response = await this.#connect(manner)
      .request(path, options)
      .catch(error => {
        throw notAsked(ofKubernetesPlugin(error));
      });
    if (response.status === 200) {
      return response;
    }
    const text = await readText(response.body, MAX_ERROR_BYTES);
    if (!isOfApiServer(text)) {
      throw notAsked(kubernetesPluginError(response.status, text));
    }
    if (response.status === 401) {
      throw new ClusterError(
        'unauthorised',
        'it does not know the Kubernetes plugin: the credentials that the plugin has for it are wrong or have expired',
        response,
      );
    }
    return { ...response, body: again(text) };
  }

  /** What is under way runs out: see above. */
  close() {}
}

function notAsked(error: unknown): unknown {
  return error instanceof ClusterError
    ? new ClusterError(
        error.code,
        `it cannot be asked: ${error.message}`,
        error,
      )
    : error;
}

async function* again(text: string): AsyncGenerator<Buffer> {
  yield Buffer.from(text);
}
