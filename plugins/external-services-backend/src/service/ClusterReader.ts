import type {
  ClustersResponse,
  ClusterState,
  ClusterStream,
} from '@external-services/backstage-plugin-external-services-common';
import { grantingRule } from '../sources/cluster/grantingRule';
import type {
  ClusterStatus,
  StreamStatus,
} from '../sources/cluster/ClusterStatus';
import type { KnownClusters } from '../sources/cluster/KnownClusters';
import type { KubernetesPluginStatus } from '../sources/cluster/KubernetesPluginHandler';
import type { ClusterConfig } from '../config/ExternalServicesConfig';
import type { SourceRow } from '../database/SourceRow';
import { SourceStore } from '../database/SourceStore';
import { isoTime } from '../join/sourceStatus';

type ReadableClusters = Pick<KnownClusters, 'config' | 'plugin'>;

/**
 * Tells how well each configured cluster can be read, from the database alone.
 *
 * @internal
 */
export class ClusterReader {
  readonly #known: ReadableClusters;
  readonly #sources: SourceStore;

  static create(options: { known: ReadableClusters; sources: SourceStore }) {
    return new ClusterReader(options.known, options.sources);
  }

  private constructor(known: ReadableClusters, sources: SourceStore) {
    this.#known = known;
    this.#sources = sources;
  }

  /** In the order of the configuration, then in that of the Kubernetes plugin. */
  async read(): Promise<ClustersResponse> {
    const { clusters } = this.#known.config;
    const idOf = ({ name }: ClusterConfig) => SourceStore.idOf('cluster', name);
    const rows = new Map(
      (await this.#sources.get(clusters.map(idOf))).map(row => [row.id, row]),
    );
    const now = await this.#sources.now();
    const { plugin } = this.#known;
    return {
      items: clusters.map(cluster =>
        this.#stateOf(cluster, rows.get(idOf(cluster)), now),
      ),
      ...(plugin && { kubernetesPlugin: pluginState(plugin) }),
    };
  }

  #stateOf(
    cluster: ClusterConfig,
    row: SourceRow | undefined,
    now: number,
  ): ClusterState {
    const { clusterSource, environments } = this.#known.config;
    const status = statusOf(cluster, row);
    const { services, endpointSlices } = status;
    const seenAt = row?.seenAt;
    const stale =
      seenAt !== undefined && now - seenAt >= clusterSource.staleAfterMs;
    const heard = seenAt === undefined ? 'pending' : 'ok';
    return {
      name: cluster.name,
      title: cluster.title,
      environments: environments
        .filter(({ clusters }) => clusters.includes(cluster.name))
        .map(({ name }) => name),
      status: services.state === 'failed' || stale ? 'failed' : heard,
      stale,
      ...(status.connectedSince && { connectedSince: status.connectedSince }),
      ...(status.lastEventAt && { lastEventAt: status.lastEventAt }),
      ...(seenAt !== undefined && { seenAt: isoTime(seenAt) }),
      objects: status.objects,
      services: streamOf(services),
      endpointSlices: streamOf(endpointSlices),
    };
  }
}

function pluginState({
  seenAt,
  status,
}: SourceRow<KubernetesPluginStatus>): ClustersResponse['kubernetesPlugin'] {
  const heard = seenAt === undefined ? 'pending' : 'ok';
  return {
    status: status?.error ? 'failed' : heard,
    ...(status?.error && { error: status.error }),
    ...(seenAt !== undefined && { seenAt: isoTime(seenAt) }),
  };
}

function statusOf(
  { access }: ClusterConfig,
  row: SourceRow | undefined,
): ClusterStatus {
  const nothing: StreamStatus =
    access.kind === 'not-collectable'
      ? {
          state: 'failed',
          failure: { code: 'not-collectable', message: access.reason },
        }
      : { state: 'listing' };
  return (
    (row?.status as ClusterStatus | undefined) ?? {
      phase: nothing.state,
      objects: 0,
      services: nothing,
      endpointSlices: nothing,
    }
  );
}

function streamOf({ state, failure }: StreamStatus): ClusterStream {
  return {
    state,
    ...(failure && {
      failure: {
        ...failure,
        ...(failure.resource && { rule: grantingRule(failure.resource) }),
      },
    }),
  };
}
