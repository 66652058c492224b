import type { Knex } from 'knex';
import type { EntityInterest } from './EntityInterest';
import { batches } from '../../database/batches';
import { purgeTargets } from '../dns/purgeTargets';
import { SourceStore } from '../../database/SourceStore';

/**
 * What one entity wants.
 *
 * @internal
 */
export interface EntityInterests {
  entityRef: string;
  entityUid: string;
  /** Annotation `backstage.io/kubernetes-id`. */
  kubernetesId?: string;
  interests: EntityInterest[];
}

const REFRESH_EVERY_MS = 10_000;

/**
 * Keeps which entity wants which files of which repository.
 *
 * @internal
 */
export class InterestStore {
  readonly #knex: Knex;
  readonly #sources: SourceStore;

  static create(knex: Knex, sources: SourceStore) {
    return new InterestStore(knex, sources);
  }

  private constructor(knex: Knex, sources: SourceStore) {
    this.#knex = knex;
    this.#sources = sources;
  }

  /** What the given entities want, by entity reference. */
  async get(entityRefs: string[]): Promise<Map<string, EntityInterests>> {
    const found = new Map<string, EntityInterests>();
    for (const batch of batches(entityRefs)) {
      const rows = await this.#knex('entity_interests')
        .whereIn('entity_ref', batch)
        .orderBy('position')
        .select('entity_ref', 'entity_uid', 'kubernetes_id', 'interest');
      for (const row of rows) {
        const entry: EntityInterests = found.get(row.entity_ref) ?? {
          entityRef: row.entity_ref,
          entityUid: row.entity_uid,
          ...(row.kubernetes_id && { kubernetesId: row.kubernetes_id }),
          interests: [],
        };
        entry.interests.push(JSON.parse(row.interest));
        found.set(row.entity_ref, entry);
      }
    }
    return found;
  }

  /** Those of the given whose stored interests are other ones, or none. */
  async changed(wanted: EntityInterests[]): Promise<EntityInterests[]> {
    const stored = await this.get(wanted.map(({ entityRef }) => entityRef));
    return wanted.filter(entry => {
      const present = stored.get(entry.entityRef) ?? {
        ...entry,
        interests: [],
      };
      return JSON.stringify(present) !== JSON.stringify(entry);
    });
  }

  /** Writes what entities want, in a transaction of its own. */
  async replace(changed: EntityInterests[]): Promise<void> {
    const now = await this.#sources.now();
    await this.#knex.transaction(transaction =>
      this.write(transaction, changed, now),
    );
  }

  /** Writes what entities want, and rows for the repositories that are new. */
  async write(
    transaction: Knex.Transaction,
    changed: EntityInterests[],
    now: number,
  ): Promise<void> {
    for (const { entityRef, entityUid, kubernetesId, interests } of changed) {
      const roots = interests.flatMap(({ root }) => root ?? []);
      await this.#sources.ensure('repository', roots, transaction);
      await transaction('entity_interests')
        .where('entity_ref', entityRef)
        .where('position', '>=', interests.length)
        .delete();
      const rows = interests.map((interest, position) => ({
        entity_ref: entityRef,
        position,
        entity_uid: entityUid,
        kubernetes_id: kubernetesId ?? null,
        source_id: interest.root
          ? SourceStore.idOf('repository', interest.root)
          : null,
        interest: JSON.stringify(interest),
        updated_at: now,
      }));
      if (rows.length > 0) {
        // Two replicas may find the same change at the same time.
        await transaction('entity_interests')
          .insert(rows)
          .onConflict(['entity_ref', 'position'])
          .merge();
      }
      await transaction('sources')
        .whereIn(
          'id',
          roots.map(root => SourceStore.idOf('repository', root)),
        )
        .update({ next_due: now });
    }
  }

  /**
   * Removes entities that a complete list did not have, and the repositories
   * that nobody wants any more. What was added since `before` stays: the list
   * may be older.
   */
  async purge(
    transaction: Knex.Transaction,
    options: { listed: Set<string>; before: number },
  ): Promise<void> {
    const rows = await transaction('entity_interests')
      .where('updated_at', '<', options.before)
      .distinct('entity_ref');
    const gone = rows
      .map(row => row.entity_ref as string)
      .filter(entityRef => !options.listed.has(entityRef));
    for (const batch of batches(gone)) {
      await transaction('entity_interests')
        .whereIn('entity_ref', batch)
        .delete();
    }
    await transaction('sources')
      .where('kind', 'repository')
      .whereNotExists(wanted =>
        wanted
          .select(transaction.raw('1'))
          .from('entity_interests')
          .whereRaw('entity_interests.source_id = sources.id'),
      )
      .delete();
    await purgeTargets(transaction);
  }

  /** All interests in one repository. */
  async ofSource(sourceId: string): Promise<EntityInterest[]> {
    const rows = await this.#knex('entity_interests')
      .where('source_id', sourceId)
      .orderBy(['entity_ref', 'position'])
      .select('interest');
    return rows.map(row => JSON.parse(row.interest));
  }

  /** Uids of the entities that want files of one repository. */
  async entityUids(sourceId: string): Promise<string[]> {
    const rows = await this.#knex('entity_interests')
      .where('source_id', sourceId)
      .distinct('entity_uid');
    return rows.map(row => row.entity_uid);
  }

  /**
   * Uids of entities that objects of a cluster may belong to: by identity, by
   * label, or because their files declare a Service of that name.
   */
  async uidsOf(wanted: {
    entityRefs: string[];
    kubernetesIds: string[];
    names: string[];
  }): Promise<string[]> {
    const uids = new Set<string>();
    const add = async (column: string, values: string[]) => {
      for (const batch of batches(values)) {
        const rows = await this.#knex('entity_interests')
          .whereIn(column, batch)
          .distinct('entity_uid');
        rows.forEach(row => uids.add(row.entity_uid));
      }
    };
    await add('entity_ref', wanted.entityRefs);
    await add('kubernetes_id', wanted.kubernetesIds);
    for (const names of batches(wanted.names)) {
      const rows = await this.#knex('entity_interests')
        .join(
          'declared_names',
          'declared_names.source_id',
          'entity_interests.source_id',
        )
        .whereIn('declared_names.name', names)
        .distinct('entity_uid');
      rows.forEach(row => uids.add(row.entity_uid));
    }
    return [...uids];
  }

  /**
   * References, in order, of entities whose repositories have files; those
   * after `after`, or from it on when `inclusive`.
   */
  async declaring(
    after: string,
    limit: number,
    inclusive: boolean,
  ): Promise<string[]> {
    const rows = await this.#knex('entity_interests')
      .join(
        'manifest_files',
        'manifest_files.source_id',
        'entity_interests.source_id',
      )
      .where('entity_ref', inclusive ? '>=' : '>', after)
      .distinct('entity_ref')
      .orderBy('entity_ref')
      .limit(limit);
    return rows.map(row => row.entity_ref);
  }

  /**
   * Notes that an entity is refreshed by hand, which is accepted once in 10 s
   * for all replicas together.
   *
   * @returns milliseconds until the next one is accepted; 0 when this one is
   */
  async claimRefresh(entityRef: string): Promise<number> {
    const now = await this.#sources.now();
    const accepted = await this.#knex('entity_interests')
      .where('entity_ref', entityRef)
      .where(free =>
        free
          .whereNull('refreshed_at')
          .orWhere('refreshed_at', '<=', now - REFRESH_EVERY_MS),
      )
      .update({ refreshed_at: now });
    if (accepted > 0) {
      return 0;
    }
    const row = await this.#knex('entity_interests')
      .where('entity_ref', entityRef)
      .max('refreshed_at as last')
      .first();
    return row?.last
      ? Math.max(1, Number(row.last) + REFRESH_EVERY_MS - now)
      : 0;
  }
}
