import { isDeepStrictEqual } from 'node:util';
import type { ExternalServicesConfig } from '../../config/ExternalServicesConfig';
import { withListedClusters } from '../../config/withListedClusters';
import type { SourceRow } from '../../database/SourceRow';
import { SourceStore } from '../../database/SourceStore';
import {
  KUBERNETES_PLUGIN_KEY,
  type KubernetesPluginStatus,
} from './KubernetesPluginHandler';

const KIND = 'kubernetes-plugin';

/**
 * Knows which clusters there are: those that are configured, and those that the
 * Kubernetes plugin told any replica of.
 *
 * @internal
 */
export class KnownClusters {
  readonly #configured: ExternalServicesConfig;
  readonly #sources: SourceStore;
  #config: ExternalServicesConfig;
  #plugin?: SourceRow<KubernetesPluginStatus>;

  /** As stored by now. Rows of what is not asked for any more are removed. */
  static async load(
    configured: ExternalServicesConfig,
    sources: SourceStore,
  ): Promise<KnownClusters> {
    const known = new KnownClusters(configured, sources);
    const keys = known.asksPlugin ? [KUBERNETES_PLUGIN_KEY] : [];
    await sources.purge(KIND, keys);
    await sources.ensure(KIND, keys);
    await known.refresh();
    return known;
  }

  private constructor(
    configured: ExternalServicesConfig,
    sources: SourceStore,
  ) {
    this.#configured = configured;
    this.#config = configured;
    this.#sources = sources;
  }

  /** True when the Kubernetes plugin is asked which clusters there are. */
  get asksPlugin(): boolean {
    return this.#configured.clusterSource.kubernetesPlugin;
  }

  /** The configuration, with all clusters that are known. */
  get config(): ExternalServicesConfig {
    return this.#config;
  }

  /** What the Kubernetes plugin said. Undefined when it is not asked. */
  get plugin(): SourceRow<KubernetesPluginStatus> | undefined {
    return this.#plugin;
  }

  /** Takes over what any replica was told since. */
  async refresh(): Promise<void> {
    if (this.asksPlugin) {
      const [row] = await this.#sources.get([
        SourceStore.idOf(KIND, KUBERNETES_PLUGIN_KEY),
      ]);
      this.#plugin = row as SourceRow<KubernetesPluginStatus> | undefined;
      const config = withListedClusters(
        this.#configured,
        this.#plugin?.status?.clusters,
      );
      // What was made of a configuration is remembered by its identity.
      if (!isDeepStrictEqual(config, this.#config)) {
        this.#config = config;
      }
    }
  }
}
