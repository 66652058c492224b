import type { EntityInterest } from '../catalog/EntityInterest';
import type { EntityInterests, InterestStore } from '../database/InterestStore';
import type { ManifestFile, ManifestStore } from '../database/ManifestStore';
import type { SourceRow } from '../database/SourceRow';
import { SourceStore } from '../database/SourceStore';
import { pathMatcher } from '../repository/pathPattern';

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
}

/**
 * All that is stored about one entity.
 *
 * @internal
 */
export interface EntityObservations {
  entityRef: string;
  repositories: RepositoryObservation[];
  /** DNS sources by their key. */
  dns: Map<string, SourceRow>;
}

/**
 * Loads what is stored about entities, in four queries however many they are.
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

  /** In the order of the references; entities that want nothing are left out. */
  async of(entityRefs: string[]): Promise<EntityObservations[]> {
    const { interests, manifests, sources } = this.#stores;
    const wanted = await interests.get(entityRefs);
    const ids = [...wanted.values()].flatMap(repositoryIds);
    const [rows, files] = await Promise.all([
      sources.get([...new Set(ids)]),
      manifests.get([...new Set(ids)]),
    ]);
    const byId = new Map(rows.map(row => [row.id, row]));
    const observed = entityRefs
      .flatMap(entityRef => wanted.get(entityRef) ?? [])
      .map(entity => ({
        entityRef: entity.entityRef,
        repositories: entity.interests.map(interest =>
          observe(interest, byId, files),
        ),
      }));
    const keys = new Set(observed.flatMap(targetsOf));
    const dns = await sources.get(
      [...keys].map(key => SourceStore.idOf('dns', key)),
    );
    const byKey = new Map(dns.map(row => [row.key, row]));
    return observed.map(entity => ({ ...entity, dns: byKey }));
  }
}

/**
 * What {@link Observations} are loaded from.
 *
 * @internal
 */
export interface ObservationStores {
  interests: InterestStore;
  manifests: ManifestStore;
  sources: SourceStore;
}

function observe(
  interest: EntityInterest,
  sources: Map<string, SourceRow>,
  files: Map<string, ManifestFile[]>,
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
