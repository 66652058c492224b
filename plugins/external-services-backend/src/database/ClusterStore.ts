import type { Knex } from 'knex';
import { batches } from './batches';
import type { LiveObject, LiveObjects, LiveQuery } from './LiveQuery';
import { LiveIdentity, liveKey, LiveKey, LiveRow } from './LiveRow';

/** Twelve columns a row. */
const ROWS_A_STATEMENT = 50;
const KEYS_A_STATEMENT = 100;

/**
 * What happened to an object: it is as in `row`, or it is there no more.
 *
 * @internal
 */
export interface LiveChange {
  key: LiveKey;
  row?: LiveRow;
}

/**
 * Keeps what clusters run, as far as it may belong to external services.
 *
 * @internal
 */
export class ClusterStore implements LiveObjects {
  readonly #knex: Knex;

  static create(knex: Knex) {
    return new ClusterStore(knex);
  }

  private constructor(knex: Knex) {
    this.#knex = knex;
  }

  /** Everything that is stored of one cluster, without the objects themselves. */
  async known(sourceId: string): Promise<Map<string, LiveIdentity>> {
    const rows = await this.#knex('cluster_objects')
      .where('source_id', sourceId)
      .select(
        'kind',
        'namespace',
        'name',
        'hash',
        'external_id',
        'entity_ref',
        'kubernetes_id',
        'service',
      );
    return new Map(
      rows.map(row => [
        liveKey(row),
        {
          kind: row.kind,
          namespace: row.namespace,
          name: row.name,
          hash: row.hash,
          externalId: row.external_id ?? undefined,
          entityRef: row.entity_ref ?? undefined,
          kubernetesId: row.kubernetes_id ?? undefined,
          service: row.service,
        },
      ]),
    );
  }

  /** Writes changes of one cluster, each object at most once. */
  async apply(
    transaction: Knex.Transaction,
    sourceId: string,
    changes: LiveChange[],
    now: number,
  ): Promise<void> {
    const gone = changes.filter(({ row }) => !row);
    for (const batch of batches(gone, KEYS_A_STATEMENT)) {
      await transaction('cluster_objects')
        .where('source_id', sourceId)
        .where(any =>
          batch.forEach(({ key: { kind, namespace, name } }) =>
            any.orWhere({ kind, namespace, name }),
          ),
        )
        .delete();
    }
    const rows = changes.flatMap(({ row }) => row ?? []);
    for (const batch of batches(rows, ROWS_A_STATEMENT)) {
      await transaction('cluster_objects')
        .insert(batch.map(row => toColumns(sourceId, row, now)))
        .onConflict(['source_id', 'kind', 'namespace', 'name'])
        .merge();
    }
    await this.#label(transaction, sourceId, rows);
  }

  async #label(
    transaction: Knex.Transaction,
    sourceId: string,
    rows: LiveRow[],
  ): Promise<void> {
    for (const batch of batches(rows, KEYS_A_STATEMENT)) {
      await transaction('cluster_labels')
        .where('source_id', sourceId)
        .where(any =>
          batch.forEach(({ kind, namespace, name }) =>
            any.orWhere({ kind, namespace, name }),
          ),
        )
        .delete();
    }
    const labels = rows.flatMap(({ kind, namespace, name, labels: all }) =>
      all.map(label => ({ source_id: sourceId, kind, namespace, name, label })),
    );
    for (const batch of batches(labels, KEYS_A_STATEMENT)) {
      await transaction('cluster_labels').insert(batch);
    }
  }

  async find(query: LiveQuery): Promise<LiveObject[]> {
    const found = new Map<string, LiveObject>();
    const add = async (matching: (objects: Knex.QueryBuilder) => void) => {
      for (const row of await this.#withTheirServices(matching)) {
        const key = `${row.source_id}/${liveKey(row)}`;
        found.set(key, toLiveObject(row));
      }
    };
    for (const refs of batches(query.entityRefs)) {
      await add(objects => objects.whereIn('entity_ref', refs));
    }
    for (const ids of batches(query.kubernetesIds)) {
      await add(objects => objects.whereIn('kubernetes_id', ids));
    }
    for (const { sourceIds, namespace, labels } of query.labelled) {
      const labelled = this.#knex('cluster_labels')
        .where({ namespace })
        .whereIn('source_id', sourceIds)
        .whereIn('label', labels)
        .select('source_id', 'namespace', 'name');
      await add(objects =>
        objects.whereIn(['source_id', 'namespace', 'service'], labelled),
      );
    }
    for (const names of batches(query.names, KEYS_A_STATEMENT)) {
      await add(objects =>
        names.forEach(({ sourceIds, namespace, name }) =>
          objects.orWhere(any =>
            any
              .whereIn('source_id', sourceIds)
              .where({ namespace, service: name }),
          ),
        ),
      );
    }
    return [...found.values()];
  }

  /** Objects of every Service that one of the matching objects is or belongs to. */
  #withTheirServices(matching: (objects: Knex.QueryBuilder) => void) {
    const services = this.#knex('cluster_objects')
      .distinct('source_id', 'namespace', 'service')
      .where(matching)
      .as('found');
    return this.#knex('cluster_objects as objects')
      .join(services, join =>
        join
          .on('found.source_id', 'objects.source_id')
          .on('found.namespace', 'objects.namespace')
          .on('found.service', 'objects.service'),
      )
      .join('sources', 'sources.id', 'objects.source_id')
      .orderBy([
        'sources.key',
        'objects.namespace',
        'objects.kind',
        'objects.name',
      ])
      .select('objects.*', 'sources.key as cluster');
  }
}

function toColumns(sourceId: string, row: LiveRow, now: number) {
  return {
    source_id: sourceId,
    kind: row.kind,
    namespace: row.namespace,
    name: row.name,
    uid: row.uid,
    hash: row.hash,
    external_id: row.externalId ?? null,
    entity_ref: row.entityRef ?? null,
    kubernetes_id: row.kubernetesId ?? null,
    service: row.service,
    object: row.object,
    changed_at: now,
  };
}

function toLiveObject(row: {
  source_id: string;
  cluster: string;
  changed_at: string | number;
  external_id: string | null;
  kubernetes_id: string | null;
  object: string;
}): LiveObject {
  return {
    sourceId: row.source_id,
    cluster: row.cluster,
    changedAt: Number(row.changed_at),
    ...(row.external_id !== null && { externalId: row.external_id }),
    ...(row.kubernetes_id !== null && { kubernetesId: row.kubernetes_id }),
    manifest: JSON.parse(row.object),
  };
}
