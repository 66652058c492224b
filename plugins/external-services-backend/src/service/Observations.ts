import type { EntityInterest } from '../sources/catalog/EntityInterest';
import type { ObservedEntity } from '../sources/catalog/ObservedEntity';
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
import { pathMatcher } from '../sources/repository/pathPattern';
import { liveQueryOf } from '../join/liveQuery';
import { shareLiveObjects } from '../join/shareLiveObjects';

/**
 * A repository as one entity sees it.
 *
 * @internal
 */
export interface RepositoryObservation {
  interest: EntityInterest;
  /** Absent when the interest has a problem, so that nothing is read. */
  source?: SourceRow;
  /** Those that the entity wants, in order of path. */
  files: ManifestFile[];
  /** Patterns, as written, that no file matches. */
  missing: string[];
  /** What it declared until lately. Default: nothing, or nobody asks. */
  removed?: RemovedNames;
}

/**
 * All that is stored about one entity.
 *
 * @internal
 */
export interface EntityObservations {
  entity: ObservedEntity;
  repositories: RepositoryObservation[];
  /** DNS sources by their key. */
  dns: Map<string, SourceRow>;
  /** Objects of clusters that the entity may see. */
  live: LiveObject[];
  /** Sources of all clusters by the name of the cluster. */
  clusters: Map<string, SourceRow>;
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

  /**
   * In the order of the entities.
   *
   * @param wanted - what they want, where it is known. Default: as stored
   */
  async of(
    entities: ObservedEntity[],
    wanted?: Map<string, EntityInterests>,
  ): Promise<EntityObservations[]> {
    const { interests, known, manifests, sources } = this.#stores;
    const clusterIds = known.config.clusters.map(({ name }) =>
      SourceStore.idOf('cluster', name),
    );
    const interestsOf =
      wanted ??
      (await interests.get(entities.map(({ entityRef }) => entityRef)));
    const ids = [...new Set([...interestsOf.values()].flatMap(repositoryIds))];
    const isCompared = known.config.clusters.length > 0;
    const [rows, files, removed] = await Promise.all([
      sources.get([...ids, ...clusterIds]),
      manifests.get(ids),
      manifests.removed(isCompared ? ids : []),
    ]);
    const byId = new Map(rows.map(row => [row.id, row]));
    const clusters = rows.filter(({ kind }) => kind === 'cluster');
    const observed = entities.map(entity => ({
      entity,
      repositories: (interestsOf.get(entity.entityRef)?.interests ?? []).map(
        interest => observe(interest, byId, files, removed),
      ),
    }));
    const keys = new Set(observed.flatMap(targetsOf));
    const [dns, live] = await Promise.all([
      sources.get([...keys].map(key => SourceStore.idOf('dns', key))),
      this.#live(observed),
    ]);
    const byKey = new Map(dns.map(row => [row.key, row]));
    const clusterByName = new Map(clusters.map(row => [row.key, row]));
    return observed.map((entity, index) => ({
      ...entity,
      dns: byKey,
      live: live[index],
      clusters: clusterByName,
    }));
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
  const matchers = interest.patterns.map(({ written, path }) => ({
    written,
    matches: pathMatcher(path),
  }));
  const all = files.get(id) ?? [];
  return {
    interest,
    source: sources.get(id),
    removed: removed.get(id),
    files: all.filter(({ path }) =>
      matchers.some(({ matches }) => matches(path)),
    ),
    missing: matchers
      .filter(({ matches }) => !all.some(({ path }) => matches(path)))
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
