import type { Knex } from 'knex';

/**
 * Tells the time in milliseconds; the same for all replicas.
 *
 * @internal
 */
export type Clock = () => Promise<number>;

/**
 * The database's own clock: leases of several replicas must not depend on how
 * well their machines agree on the time.
 *
 * @internal
 */
export function databaseClock(knex: Knex): Clock {
  const sql = knex.client.config.client.includes('sqlite')
    ? "select cast((julianday('now') - 2440587.5) * 86400000 as integer) as now"
    : 'select floor(extract(epoch from clock_timestamp()) * 1000) as now';
  return async () => {
    const result = await knex.raw(sql);
    const [row] = Array.isArray(result) ? result : result.rows;
    return Number(row.now);
  };
}
