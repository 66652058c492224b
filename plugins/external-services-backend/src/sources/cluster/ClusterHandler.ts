import type { LoggerService } from '@backstage/backend-plugin-api';
import { keepLive } from '@external-services/backstage-plugin-external-services-common';
import type { ClusterConfig } from '../../config/ExternalServicesConfig';
import type { ClusterStore } from './ClusterStore';
import type { SourceRow } from '../../database/SourceRow';
import type { Outcome, SourceStore } from '../../database/SourceStore';
import type { Delay } from '../../work/Bell';
import { timerDelay } from '../../work/timerDelay';
import type { SingleHandler } from '../../work/SourceHandler';
import type { ClusterConnection } from './ClusterConnection';
import { readCursor } from './ClusterCursor';
import type { ClusterStatus } from './ClusterStatus';
import { ClusterWriter } from './ClusterWriter';
import { collectableClusters } from './collectableClusters';
import { HttpConnection } from './HttpConnection';
import type { KnownClusters } from './KnownClusters';
import { kubeAccess } from './KubeAccess';
import type { KubernetesPlugin } from './KubernetesPlugin';
import { listAndWatch } from './listAndWatch';
import { LiveManifest, watchedResources } from './WatchedResource';

/**
 * Holds a cluster and keeps what it runs: two streams, or two for each
 * namespace, for as long as the replica has the lease.
 *
 * @internal
 */
export class ClusterHandler implements SingleHandler {
  readonly kind = 'cluster';
  /** As many as are its share. */
  readonly concurrency = Infinity;
  readonly #options: ClusterHandlerOptions;

  static create(options: ClusterHandlerOptions) {
    return new ClusterHandler(options);
  }

  private constructor(options: ClusterHandlerOptions) {
    this.#options = options;
  }

  async heldKeys(): Promise<string[]> {
    const { known } = this.#options;
    await known.refresh();
    return collectableClusters(known.config);
  }

  async handle(claim: SourceRow, signal: AbortSignal): Promise<Outcome> {
    const cluster = this.#options.known.config.clusters.find(
      ({ name }) => name === claim.key,
    );
    if (!cluster) {
      throw new Error(`There is no cluster ${claim.key} any more`);
    }
    const connection = this.#connect(cluster);
    const failed = new AbortController();
    const ending = AbortSignal.any([signal, failed.signal]);
    try {
      const writer = await this.#writer(claim, cluster);
      const streams = this.#streams(cluster, connection, writer, ending);
      const all = [writer.run(ending), ...streams].map(run =>
        run.catch(error => {
          failed.abort(error);
          throw error;
        }),
      );
      // Nothing of it runs on when this ends.
      const ends = await Promise.allSettled(all);
      const [first] = ends.filter(({ status }) => status === 'rejected');
      throw first ? (first as PromiseRejectedResult).reason : signal.reason;
    } finally {
      connection.close();
    }
  }

  #connect({ name, access }: ClusterConfig): ClusterConnection {
    return access.kind === 'kubernetes-plugin'
      ? this.#options.plugin.connect(name)
      : HttpConnection.create(name, kubeAccess(access));
  }

  async #writer(
    claim: SourceRow,
    cluster: ClusterConfig,
  ): Promise<ClusterWriter> {
    const { clusters, known, sources, logger } = this.#options;
    return new ClusterWriter({
      hold: claim,
      sources,
      store: clusters,
      logger,
      known: await clusters.known(claim.id),
      cursor: readCursor(claim.cursor, cluster, known.config.clusterSource),
      previous: claim.status as ClusterStatus | undefined,
      staleAfterMs: known.config.clusterSource.staleAfterMs,
      wake: this.#options.wake,
      delay: this.#delay,
      now: () => performance.now(),
    });
  }

  #streams(
    cluster: ClusterConfig,
    connection: ClusterConnection,
    writer: ClusterWriter,
    signal: AbortSignal,
  ): Promise<void>[] {
    const { clusterSource } = this.#options.known.config;
    // A Service that was external is kept, so that it can be told what became of it.
    const keep = (manifest: LiveManifest) =>
      keepLive(manifest, clusterSource) ||
      (writer.knowsService(manifest) &&
        !clusterSource.ignoreNamespaces.includes(manifest.metadata.namespace));
    const namespaces = cluster.namespaces ?? [undefined];
    return namespaces.flatMap(namespace =>
      watchedResources(namespace).map(resource =>
        listAndWatch({
          connection,
          resource,
          ...writer.stream(resource, namespace),
          keep,
          signal,
          delay: this.#delay,
          now: () => performance.now(),
          random: Math.random,
        }),
      ),
    );
  }

  get #delay(): Delay {
    return this.#options.delay ?? timerDelay;
  }
}

/**
 * What a {@link ClusterHandler} needs.
 *
 * @internal
 */
export interface ClusterHandlerOptions {
  clusters: ClusterStore;
  known: KnownClusters;
  plugin: Pick<KubernetesPlugin, 'connect'>;
  /** Makes this replica look for work at once. */
  wake(): void;
  sources: SourceStore;
  logger: LoggerService;
  delay?: Delay;
}
