import type { EntityInterest } from '../sources/catalog/EntityInterest';
import { observedEntity } from '../sources/catalog/ObservedEntity';
import type { KnownClusters } from '../sources/cluster/KnownClusters';
import type {
  EntityInterests,
  InterestStore,
} from '../sources/catalog/InterestStore';
import type { LiveObject, LiveObjects } from '../sources/cluster/LiveQuery';
import type {
  ManifestFile,
  ManifestStore,
  RemovedNames,
} from '../sources/repository/ManifestStore';
import type { SourceRow } from '../database/SourceRow';
import { SourceStore } from '../database/SourceStore';
import type {
  EntityObservations,
  RepositoryObservation,
} from '../join/EntityObservations';
import { liveQueryOf } from '../join/liveQuery';
import { shareLiveObjects } from '../join/shareLiveObjects';

/**
 * An entity, and all that is stored about it.
 *
 * @internal
 */
export interface ObservedAnswer {
  entityUid: string;
  observations: EntityObservations;
}

/**
 * Loads what is stored about entities: as many queries for one as for a hundred,
 * and none to a cluster.
 *
 * @internal
 */
export class Observations {
  readonly #stores: ObservationStores;

  static create(stores: ObservationStores) {
    return new Observations(stores);
  }

  private constructor(stores: ObservationStores) {
    this.#stores = stores;
  }

  /** By reference; what nobody takes note of is left out. */
  async of(entityRefs: string[]): Promise<Map<string, ObservedAnswer>> {
    const { interests, known, manifests, sources } = this.#stores;
    const clusterIds = known.config.clusters.map(({ name }) =>
      SourceStore.idOf('cluster', name),
    );
    const wanted = [...(await interests.get(entityRefs)).values()];
    const ids = [...new Set(wanted.flatMap(repositoryIds))];
    const isCompared = known.config.clusters.length > 0;
    const [rows, files, removed] = await Promise.all([
      sources.get([...ids, ...clusterIds]),
      manifests.get(ids),
      manifests.removed(isCompared ? ids : []),
    ]);
    const byId = new Map(rows.map(row => [row.id, row]));
    const clusters = rows.filter(({ kind }) => kind === 'cluster');
    const observed = wanted.map(
      ({ entityRef, annotations, interests: all }) => ({
        entity: observedEntity(entityRef, annotations),
        repositories: all.map(one => observe(one, byId, files, removed)),
      }),
    );
    const keys = new Set(observed.flatMap(targetsOf));
    const [dns, live] = await Promise.all([
      sources.get([...keys].map(key => SourceStore.idOf('dns', key))),
      this.#live(observed),
    ]);
    const byKey = new Map(dns.map(row => [row.key, row]));
    const clusterByName = new Map(clusters.map(row => [row.key, row]));
    return new Map(
      observed.map((entity, index) => [
        entity.entity.entityRef,
        {
          entityUid: wanted[index].entityUid,
          observations: {
            ...entity,
            dns: new Map(
              targetsOf(entity).flatMap(key => {
                const row = byKey.get(key);
                return row ? [[key, row]] : [];
              }),
            ),
            live: live[index],
            clusters: clusterByName,
          },
        },
      ]),
    );
  }

  async #live(
    observed: Pick<EntityObservations, 'entity' | 'repositories'>[],
  ): Promise<LiveObject[][]> {
    const { live } = this.#stores;
    const { config } = this.#stores.known;
    if (config.clusters.length === 0) {
      return observed.map(() => []);
    }
    const queries = observed.map(({ entity, repositories }) =>
      liveQueryOf(
        entity,
        repositories.flatMap(({ files }) => files),
        config,
      ),
    );
    const shareOf = shareLiveObjects(
      await live.find({
        entityRefs: queries.flatMap(({ entityRefs }) => entityRefs),
        kubernetesIds: [
          ...new Set(queries.flatMap(({ kubernetesIds }) => kubernetesIds)),
        ],
        labelled: queries.flatMap(({ labelled }) => labelled),
        names: queries.flatMap(({ names }) => names),
      }),
    );
    return observed.map(({ entity }, index) => shareOf(entity, queries[index]));
  }
}

/**
 * What {@link Observations} are loaded from.
 *
 * @internal
 */
export interface ObservationStores {
  known: Pick<KnownClusters, 'config'>;
  live: LiveObjects;
  interests: InterestStore;
  manifests: ManifestStore;
  sources: SourceStore;
}

function observe(
  interest: EntityInterest,
  sources: Map<string, SourceRow>,
  files: Map<string, ManifestFile[]>,
  removed: Map<string, RemovedNames>,
): RepositoryObservation {
  if (!interest.root) {
    return { interest, files: [], missing: [] };
  }
  const id = SourceStore.idOf('repository', interest.root);
  const all = files.get(id) ?? [];
  const wanted = new Set(interest.patterns.map(({ path }) => path));
  const matched = new Set(all.flatMap(({ patterns }) => patterns));
  return {
    interest,
    source: sources.get(id),
    removed: removed.get(id),
    files: all.filter(({ patterns }) => patterns.some(one => wanted.has(one))),
    missing: interest.patterns
      .filter(({ path }) => !matched.has(path))
      .map(({ written }) => written),
  };
}

function repositoryIds({ interests }: EntityInterests): string[] {
  return interests.flatMap(({ root }) =>
    root ? SourceStore.idOf('repository', root) : [],
  );
}

function targetsOf({
  repositories,
}: Pick<EntityObservations, 'repositories'>): string[] {
  return repositories.flatMap(({ files }) =>
    files.flatMap(({ targets }) => targets),
  );
}
