import type { Knex } from 'knex';
import { batches } from '../database/batches';

/**
 * Value of `next_due` of an entity that has to be joined: long past, and unlike 0,
 * which a claim writes, it stays when a join that has begun before comes to its end.
 *
 * @internal
 */
export const DUE_NOW = 1;

/**
 * Which entities objects of a cluster may belong to.
 *
 * @internal
 */
export interface TouchedKeys {
  entityRefs: Iterable<string>;
  kubernetesIds: Iterable<string>;
  /** Names of Services. */
  names: Iterable<string>;
}

/**
 * Marks the entities that a written source concerns as due to be joined, in the
 * transaction that writes it, so that no change is lost.
 *
 * @internal
 */
export const markDue = {
  /** Those that want files of a repository. */
  async ofRepository(transaction: Knex.Transaction, sourceId: string) {
    await mark(transaction, entities =>
      entities.whereIn(
        'entity_ref',
        transaction('entity_interests')
          .where('source_id', sourceId)
          .select('entity_ref'),
      ),
    );
  },

  /** Of those the ones that a new reading may end a grace for. */
  async rollingOut(transaction: Knex.Transaction, sourceId: string) {
    await mark(transaction, entities =>
      entities
        .whereIn(
          'entity_ref',
          transaction('entity_interests')
            .where('source_id', sourceId)
            .select('entity_ref'),
        )
        .whereIn(
          'entity_ref',
          transaction('mapping_lines')
            .where('state', 'rolling-out')
            .select('entity_ref'),
        ),
    );
  },

  /** Those in whose repositories a DNS target is declared. */
  async ofTarget(transaction: Knex.Transaction, targetId: string) {
    await mark(transaction, entities =>
      entities.whereIn(
        'entity_ref',
        transaction('entity_interests')
          .whereIn(
            'source_id',
            transaction('declared_targets')
              .where('target_id', targetId)
              .select('source_id'),
          )
          .select('entity_ref'),
      ),
    );
  },

  /** Those that objects of a cluster may belong to. */
  async ofObjects(transaction: Knex.Transaction, touched: TouchedKeys) {
    for (const refs of batches([...touched.entityRefs])) {
      await mark(transaction, one => one.whereIn('entity_ref', refs));
    }
    for (const ids of batches([...touched.kubernetesIds])) {
      await mark(transaction, one => one.whereIn('kubernetes_id', ids));
    }
    for (const names of batches([...touched.names])) {
      await mark(transaction, one =>
        one.whereIn(
          'entity_ref',
          transaction('entity_interests')
            .whereIn(
              'source_id',
              transaction('declared_names')
                .whereIn('name', names)
                .select('source_id'),
            )
            .select('entity_ref'),
        ),
      );
    }
  },

  /** Those that select one of some labels, `key=value`. */
  async ofLabels(transaction: Knex.Transaction, all: string[]) {
    for (const labels of batches(all)) {
      await mark(transaction, one =>
        one.whereIn(
          'entity_ref',
          transaction('entity_labels')
            .whereIn('label', labels)
            .select('entity_ref'),
        ),
      );
    }
  },

  /** Those that have services, or may turn out to have some. */
  async withServices(transaction: Knex.Transaction) {
    await mark(transaction, entities =>
      entities.whereNotIn(
        'entity_ref',
        transaction('entity_answers').where('total', 0).select('entity_ref'),
      ),
    );
  },

  /** Those that were not joined with the present configuration. */
  async notJoinedWith(transaction: Knex.Transaction, configuration: string) {
    await mark(transaction, entities =>
      entities.whereNotIn(
        'entity_ref',
        transaction('entity_answers')
          .where('joined_with', configuration)
          .select('entity_ref'),
      ),
    );
  },
};

async function mark(
  transaction: Knex.Transaction,
  concerned: (entities: Knex.QueryBuilder) => Knex.QueryBuilder,
): Promise<void> {
  const due = transaction('sources')
    .whereIn(
      'id',
      concerned(transaction('observed_entities')).select('work_id'),
    )
    .whereNot('next_due', DUE_NOW);
  if (transaction.client.config.client !== 'pg') {
    await due.update({ next_due: DUE_NOW });
    return;
  }
  // Two that mark the same rows in different orders would wait for each other.
  const ids: string[] = await due
    .select('id')
    .orderBy('id')
    .forUpdate()
    .pluck('id');
  for (const batch of batches(ids)) {
    await transaction('sources')
      .whereIn('id', batch)
      .update({ next_due: DUE_NOW });
  }
}
