import type { ExternalServicesConfig } from '../../config/ExternalServicesConfig';
import {
  type ListedCluster,
  withListedClusters,
} from '../../config/withListedClusters';
import type { SourceRow } from '../../database/SourceRow';
import type { Outcome, SourceStore } from '../../database/SourceStore';
import { backOff } from '../../work/backOff';
import type { SingleHandler } from '../../work/SourceHandler';
import { ClusterError } from './ClusterError';
import { collectableClusters } from './collectableClusters';
import type { KubernetesPlugin } from './KubernetesPlugin';

/** The key of the one row of this kind. */
export const KUBERNETES_PLUGIN_KEY = 'clusters';

const ASK_EVERY_MS = 5 * 60_000;

/**
 * What the Kubernetes plugin said, as stored with its source.
 *
 * @internal
 */
export interface KubernetesPluginStatus {
  /** As it last told. Absent when it never did. */
  clusters?: ListedCluster[];
  /** Why it did not answer the last time. */
  error?: string;
}

/**
 * Asks the Kubernetes plugin which clusters it knows. When it does not answer,
 * those that it told of before stay.
 *
 * @internal
 */
export class KubernetesPluginHandler implements SingleHandler {
  readonly kind = 'kubernetes-plugin';
  readonly concurrency = 1;
  readonly #options: KubernetesPluginHandlerOptions;

  static create(options: KubernetesPluginHandlerOptions) {
    return new KubernetesPluginHandler(options);
  }

  private constructor(options: KubernetesPluginHandlerOptions) {
    this.#options = options;
  }

  async handle(claim: SourceRow, signal: AbortSignal): Promise<Outcome> {
    const { config, plugin, sources } = this.#options;
    const { clusters: before } = (claim.status ?? {}) as KubernetesPluginStatus;
    try {
      const clusters = await plugin.clusters(signal);
      const keys = collectableClusters(withListedClusters(config, clusters));
      return {
        succeeded: true,
        status: { clusters },
        nextDueIn: ASK_EVERY_MS,
        write: async transaction => {
          await sources.ensure('cluster', keys, transaction);
          await sources.purge('cluster', keys, transaction);
        },
      };
    } catch (error) {
      if (!(error instanceof ClusterError)) {
        throw error;
      }
      const status = { clusters: before, error: error.message };
      return {
        succeeded: false,
        status,
        nextDueIn: backOff(claim.failures + 1, ASK_EVERY_MS),
      };
    }
  }
}

/**
 * What a {@link KubernetesPluginHandler} needs.
 *
 * @internal
 */
export interface KubernetesPluginHandlerOptions {
  /** As configured. */
  config: ExternalServicesConfig;
  plugin: KubernetesPlugin;
  sources: SourceStore;
}
