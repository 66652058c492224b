import { toError } from '@backstage/errors';
import type { Knex } from 'knex';
import type { EntityInterest } from './EntityInterest';
import { batches } from '../../database/batches';
import { letOthersRun } from '../../database/letOthersRun';
import { isDeadlock, transact } from '../../database/transact';
import { purgeTargets } from '../dns/purgeTargets';
import { SourceStore } from '../../database/SourceStore';
import { DUE_NOW } from '../../work/markDue';
import { KubernetesAnnotations, observedEntity } from './ObservedEntity';

/**
 * What one entity wants.
 *
 * @internal
 */
export interface EntityInterests {
  entityRef: string;
  entityUid: string;
  /** Reference of its owner. */
  owner?: string;
  annotations: KubernetesAnnotations;
  interests: EntityInterest[];
}

const REFRESH_EVERY_MS = 10_000;
/** Of a key, `=` and a value; no longer label is on any object. */
const MAX_LABEL_LENGTH = 400;

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
      const entities = await this.#knex('observed_entities')
        .whereIn('entity_ref', batch)
        .select('entity_ref', 'entity_uid', 'owner', 'annotations');
      for (const row of entities) {
        found.set(row.entity_ref, {
          entityRef: row.entity_ref,
          entityUid: row.entity_uid,
          ...(row.owner && { owner: row.owner }),
          annotations: JSON.parse(row.annotations),
          interests: [],
        });
      }
      const rows = await this.#knex('entity_interests')
        .whereIn('entity_ref', batch)
        .orderBy('position')
        .select('entity_ref', 'interest');
      for (const row of rows) {
        found.get(row.entity_ref)?.interests.push(JSON.parse(row.interest));
      }
    }
    return found;
  }

  /** Those of the given whose stored interests are other ones, or none. */
  async changed(wanted: EntityInterests[]): Promise<EntityInterests[]> {
    const stored = await this.get(wanted.map(({ entityRef }) => entityRef));
    return wanted.filter(
      entry =>
        JSON.stringify(stored.get(entry.entityRef)) !== JSON.stringify(entry),
    );
  }

  /**
   * Writes what entities want.
   *
   * @throws what the database refuses
   */
  async replace(changed: EntityInterests[]): Promise<void> {
    const [refused] = await this.write(changed);
    if (refused) {
      throw refused.error;
    }
  }

  /**
   * Writes what entities want, and rows for the repositories that are new, in a
   * transaction of its own.
   *
   * @returns what the database refused, which keeps the others from nothing
   */
  async write(
    changed: EntityInterests[],
  ): Promise<{ entityRef: string; error: Error }[]> {
    const now = await this.#sources.now();
    return transact(this.#knex, transaction =>
      this.#write(transaction, changed, now),
    );
  }

  async #write(
    transaction: Knex.Transaction,
    changed: EntityInterests[],
    now: number,
  ): Promise<{ entityRef: string; error: Error }[]> {
    const refused: { entityRef: string; error: Error }[] = [];
    await this.#hasten(transaction, changed, now);
    for (const entry of changed) {
      try {
        await transaction.transaction(own => this.#writeOne(own, entry, now));
      } catch (error) {
        if (isDeadlock(error)) {
          throw error;
        }
        refused.push({ entityRef: entry.entityRef, error: toError(error) });
      }
      await letOthersRun();
    }
    return refused;
  }

  async #writeOne(
    transaction: Knex.Transaction,
    entry: EntityInterests,
    now: number,
  ): Promise<void> {
    const { entityRef, interests } = entry;
    await this.#writeEntity(transaction, entry, now);
    await transaction('entity_interests')
      .where('entity_ref', entityRef)
      .where('position', '>=', interests.length)
      .delete();
    const rows = interests.map((interest, position) => ({
      entity_ref: entityRef,
      position,
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
  }

  /** Before anything of entities, in the order in which readings lock rows as well. */
  async #hasten(
    transaction: Knex.Transaction,
    changed: EntityInterests[],
    now: number,
  ): Promise<void> {
    const roots = changed.flatMap(({ interests }) =>
      interests.flatMap(({ root }) => root ?? []),
    );
    await this.#sources.ensure('repository', roots, transaction);
    const ids = new Set(
      roots.map(root => SourceStore.idOf('repository', root)),
    );
    for (const batch of batches([...ids].sort())) {
      await transaction('sources')
        .whereIn('id', batch)
        .update({ next_due: now });
    }
  }

  async #writeEntity(
    transaction: Knex.Transaction,
    { entityRef, entityUid, owner, annotations }: EntityInterests,
    now: number,
  ): Promise<void> {
    const { kubernetesId, selector } = observedEntity(entityRef, annotations);
    const workId = SourceStore.idOf('entity', entityRef);
    await this.#sources.ensure('entity', [entityRef], transaction);
    await transaction('sources')
      .where('id', workId)
      .update({ next_due: DUE_NOW });
    await transaction('observed_entities')
      .insert({
        entity_ref: entityRef,
        entity_uid: entityUid,
        work_id: workId,
        owner: owner ?? null,
        kubernetes_id: kubernetesId ?? null,
        annotations: JSON.stringify(annotations),
        updated_at: now,
      })
      .onConflict('entity_ref')
      .merge();
    await transaction('entity_labels').where('entity_ref', entityRef).delete();
    const labels = [...new Set(selector?.anyOf)]
      .filter(label => label.length <= MAX_LABEL_LENGTH)
      .map(label => ({ entity_ref: entityRef, label }));
    for (const batch of batches(labels)) {
      await transaction('entity_labels').insert(batch).onConflict().ignore();
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
    for (const table of ['observed_entities', 'entity_interests']) {
      const known: string[] = await transaction(table)
        .where('updated_at', '<', options.before)
        .distinct()
        .pluck('entity_ref');
      const gone = known.filter(entityRef => !options.listed.has(entityRef));
      for (const batch of batches(gone)) {
        await transaction('sources')
          .whereIn(
            'id',
            batch.map(entityRef => SourceStore.idOf('entity', entityRef)),
          )
          .delete();
        await transaction(table).whereIn('entity_ref', batch).delete();
      }
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

  /** Ids of DNS targets that the repositories of an entity declare, `limit` at most. */
  async targetIds(entityRef: string, limit: number): Promise<string[]> {
    return this.#knex('declared_targets')
      .whereIn(
        'source_id',
        this.#knex('entity_interests')
          .where('entity_ref', entityRef)
          .select('source_id'),
      )
      .distinct()
      .orderBy('target_id')
      .limit(limit)
      .pluck('target_id');
  }

  /**
   * Notes that an entity is refreshed by hand, which is accepted once in 10 s
   * for all replicas together.
   *
   * @returns milliseconds until the next one is accepted; 0 when this one is
   */
  async claimRefresh(entityRef: string): Promise<number> {
    const now = await this.#sources.now();
    const accepted = await this.#knex('observed_entities')
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
    const row = await this.#knex('observed_entities')
      .where('entity_ref', entityRef)
      .first('refreshed_at');
    return row?.refreshed_at
      ? Math.max(1, Number(row.refreshed_at) + REFRESH_EVERY_MS - now)
      : 0;
  }
}
