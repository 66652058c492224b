import type { Knex } from 'knex';

const DEADLOCK = '40P01';
const TRIES = 3;

/** True for what PostgreSQL ends when two transactions wait for each other. */
export function isDeadlock(error: unknown): boolean {
  return (error as { code?: unknown } | undefined)?.code === DEADLOCK;
}

/**
 * Runs a transaction, and again from its start when the database ended it because it and
 * another one waited for each other.
 *
 * @internal
 */
export async function transact<T>(
  knex: Knex,
  work: (transaction: Knex.Transaction) => Promise<T>,
): Promise<T> {
  for (let attempt = 1; ; attempt += 1) {
    try {
      return await knex.transaction(work);
    } catch (error) {
      if (attempt === TRIES || !isDeadlock(error)) {
        throw error;
      }
    }
  }
}
