import type { Knex } from 'knex';
import { batches } from '../../database/batches';
import { ContentCache } from '../../ContentCache';
import type { LiveObject, LiveObjects, LiveQuery } from './LiveQuery';
import { LiveIdentity, liveKey, LiveKey, LiveRow } from './LiveRow';

/** Twelve columns a row. */
const ROWS_A_STATEMENT = 50;
const KEYS_A_STATEMENT = 100;
/** Each with up to a hundred keys, and as many clusters as there are. */
const CONDITIONS_A_STATEMENT = 20;
/** Of the objects that were used last; one has about a thousand. */
const CACHED_CHARACTERS = 4_000_000;

/**
 * What happened to an object: it is as in `row`, or it is there no more.
 *
 * @internal
 */
export interface LiveChange {
  key: LiveKey;
  row?: LiveRow;
}

/** One of several, each enough. */
type Condition = (any: Knex.QueryBuilder) => void;

/**
 * Keeps what clusters run, as far as it may belong to external services.
 *
 * @internal
 */
export class ClusterStore implements LiveObjects {
  readonly #knex: Knex;
  readonly #manifests = new ContentCache<LiveObject['manifest']>({
    maxCharacters: CACHED_CHARACTERS,
  });

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

  /**
   * Labels of Services, `namespace/name`, by which some entity selects.
   */
  async selectedLabels(
    transaction: Knex.Transaction,
    sourceId: string,
    services: Iterable<string>,
  ): Promise<string[]> {
    // Most portals have no selectors, and a cluster has many Services.
    if (!(await transaction('entity_labels').first('label'))) {
      return [];
    }
    const labels = new Set<string>();
    for (const batch of batches([...services], KEYS_A_STATEMENT)) {
      const found: string[] = await transaction('cluster_labels')
        .where('source_id', sourceId)
        .where(any => {
          for (const [namespace, name] of batch.map(one => one.split('/'))) {
            any.orWhere({ namespace, name });
          }
        })
        .whereIn('label', transaction('entity_labels').select('label'))
        .distinct()
        .pluck('label');
      found.forEach(label => labels.add(label));
    }
    return [...labels];
  }

  /** In the order of clusters, namespaces, kinds and names. */
  async find({
    entityRefs,
    kubernetesIds,
    labelled,
    names,
  }: LiveQuery): Promise<LiveObject[]> {
    const wanted: Condition[] = [
      ...[...batches(entityRefs, KEYS_A_STATEMENT)].map(
        (refs): Condition =>
          any =>
            any.orWhereIn('entity_ref', refs),
      ),
      ...[...batches(kubernetesIds, KEYS_A_STATEMENT)].map(
        (ids): Condition =>
          any =>
            any.orWhereIn('kubernetes_id', ids),
      ),
      ...labelled.map(
        ({ sourceIds, namespace, labels }): Condition =>
          any =>
            any.orWhereIn(
              ['source_id', 'namespace', 'service'],
              this.#knex('cluster_labels')
                .where({ namespace })
                .whereIn('source_id', sourceIds)
                .whereIn('label', labels)
                .select('source_id', 'namespace', 'name'),
            ),
      ),
      ...samePlaces(names).map(
        ({ sourceIds, namespace, services }): Condition =>
          any =>
            any.orWhere(one =>
              one
                .whereIn('source_id', sourceIds)
                .where({ namespace })
                .whereIn('service', services),
            ),
      ),
    ];
    const found = new Map<string, LiveObject>();
    for (const batch of batches(wanted, CONDITIONS_A_STATEMENT)) {
      const rows = await this.#withTheirServices(objects =>
        batch.forEach(condition => condition(objects)),
      );
      for (const row of rows) {
        const { cluster, namespace, kind, name } = row;
        const key = [cluster, namespace, kind, name].join('/');
        found.set(key, this.#toLiveObject(row));
      }
    }
    // Here and not by the database, which would carry the objects along.
    return [...found]
      .sort(([a], [b]) => (a < b ? -1 : 1))
      .map(([, object]) => object);
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
      .select(
        'objects.source_id',
        'objects.namespace',
        'objects.kind',
        'objects.name',
        'objects.external_id',
        'objects.kubernetes_id',
        'objects.object',
        'objects.changed_at',
        'sources.key as cluster',
      );
  }

  #toLiveObject(row: {
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
      manifest: this.#manifests.get(row.object, () => JSON.parse(row.object)),
    };
  }
}

/** Names that are looked for in the same places, together: databases read that faster. */
function samePlaces(
  names: LiveQuery['names'],
): { sourceIds: string[]; namespace: string; services: string[] }[] {
  const places = new Map<string, LiveQuery['names']>();
  for (const one of names) {
    const key = JSON.stringify([one.namespace, one.sourceIds]);
    const place = places.get(key) ?? [];
    places.set(key, place);
    place.push(one);
  }
  return [...places.values()].flatMap(place => {
    const [{ sourceIds, namespace }] = place;
    const services = place.map(({ name }) => name);
    return [...batches(services, KEYS_A_STATEMENT)].map(some => ({
      sourceIds,
      namespace,
      services: some,
    }));
  });
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
