import type { Knex } from 'knex';
import type { Clock } from '../database/databaseClock';

/**
 * Knows how many processes share the work that is held for long, so that each
 * can take its part and leave the rest.
 *
 * @internal
 */
export class Replicas {
  readonly #knex: Knex;
  readonly #now: Clock;

  static create(knex: Knex, options: { clock: Clock }) {
    return new Replicas(knex, options.clock);
  }

  private constructor(knex: Knex, clock: Clock) {
    this.#knex = knex;
    this.#now = clock;
  }

  /** Says that a process is there, for so long. */
  async present(holder: string, leaseMs: number): Promise<void> {
    const now = await this.#now();
    await this.#knex('replicas').where('lease_until', '<=', now).delete();
    await this.#knex('replicas')
      .insert({ holder, lease_until: now + leaseMs })
      .onConflict('holder')
      .merge();
  }

  /** Says that a process has gone. */
  async leave(holder: string): Promise<void> {
    await this.#knex('replicas').where({ holder }).delete();
  }

  /** How many processes are there; at least one, the one that asks. */
  async count(): Promise<number> {
    const row = await this.#knex('replicas')
      .where('lease_until', '>', await this.#now())
      .count({ count: '*' })
      .first();
    return Math.max(1, Number(row?.count ?? 0));
  }
}
