import type { Knex } from 'knex';

/**
 * Removes the DNS targets that no file declares any more. The foreign key
 * refuses it while another transaction declares one of them again.
 *
 * @internal
 */
export async function purgeTargets(
  transaction: Knex.Transaction,
): Promise<void> {
  await transaction('sources')
    .where('kind', 'dns')
    .whereNotExists(declared =>
      declared
        .select(transaction.raw('1'))
        .from('declared_targets')
        .whereRaw('declared_targets.target_id = sources.id'),
    )
    .delete();
}
