import { createHash } from 'node:crypto';
import type { Knex } from 'knex';
import { batches } from './batches';
import { Clock, databaseClock } from './databaseClock';
import { letOthersRun } from './letOthersRun';
import { transact } from './transact';
import { LeaseLostError } from './LeaseLostError';
import {
  Claim,
  DbSource,
  Hold,
  SourceKind,
  SourceRow,
  toSourceRow,
} from './SourceRow';

/**
 * What came of one piece of work.
 *
 * @internal
 */
export interface Outcome {
  /** False when it failed: failures are counted and `seenAt` stays. */
  succeeded: boolean;
  /** Stored as JSON. */
  status: unknown;
  cursor?: string;
  /** Milliseconds until it is due again. */
  nextDueIn: number;
  /** Milliseconds until what is known is too old. Default: when it was before, or never. */
  staleIn?: number;
  /** Further writes of the same transaction. */
  write?(transaction: Knex.Transaction): Promise<void>;
  /** Called when everything is written. */
  written?(): Promise<void>;
}

/**
 * What a holder that stays has come to know.
 *
 * @internal
 */
export interface Progress {
  /** Stored as JSON. */
  status: unknown;
  cursor: string;
  /** When the source was last heard of. Default: as stored. */
  seenAt?: number;
  /** When what is known is too old. Default: as stored. */
  staleAt?: number;
  /**
   * Further writes of the same transaction.
   *
   * @param before - what is stored until now
   */
  write(transaction: Knex.Transaction, before: SourceRow): Promise<void>;
}

/**
 * The one work primitive: rows say what there is to do. A replica claims rows
 * that are due and holds them under a lease; nobody else gets them meanwhile, and
 * a replica that lost its lease can no longer write.
 *
 * @internal
 */
export class SourceStore {
  readonly #knex: Knex;
  readonly now: Clock;

  static create(knex: Knex, options: { clock?: Clock } = {}) {
    return new SourceStore(knex, options.clock ?? databaseClock(knex));
  }

  private constructor(knex: Knex, clock: Clock) {
    this.#knex = knex;
    this.now = clock;
  }

  /** The id of the row for a key, whether it exists or not. */
  static idOf(kind: SourceKind, key: string): string {
    const hash = createHash('sha256').update(key).digest('hex').slice(0, 32);
    return `${kind}:${hash}`;
  }

  /**
   * Makes sure that there is a row for each key.
   *
   * @param dueAt - when one that is new is due, in milliseconds; 0 at once. Default: all at once
   */
  async ensure(
    kind: SourceKind,
    keys: string[],
    transaction: Knex = this.#knex,
    dueAt: (key: string) => number = () => 0,
  ): Promise<void> {
    const rows = [...new Set(keys)].sort().map(key => ({
      id: SourceStore.idOf(kind, key),
      kind,
      key,
      next_due: dueAt(key),
    }));
    for (const batch of batches(rows)) {
      await transaction('sources').insert(batch).onConflict('id').ignore();
    }
  }

  /** Removes all rows of a kind but those of the given keys, and what belongs to them. */
  async purge(
    kind: SourceKind,
    keys: string[],
    transaction: Knex = this.#knex,
  ): Promise<void> {
    const known: string[] = await transaction('sources')
      .where({ kind })
      .pluck('key');
    const wanted = new Set(keys);
    for (const batch of batches(known.filter(key => !wanted.has(key)))) {
      await transaction('sources')
        .where({ kind })
        .whereIn('key', batch)
        .delete();
    }
  }

  /**
   * Takes up to `limit` rows that are due and that nobody holds.
   *
   * @param options - `keys`: only these. Default: all. `except`: none of these,
   * which the holder still works on. Default: none
   */
  async claim(
    kind: SourceKind,
    options: {
      limit: number;
      holder: string;
      leaseMs: number;
      keys?: string[];
      except?: string[];
    },
  ): Promise<Claim[]> {
    const now = await this.now();
    return this.#knex.transaction(async transaction => {
      const due = transaction('sources')
        .select('id')
        .where({ kind })
        .where('next_due', '<=', now)
        .where(free =>
          free.whereNull('lease_until').orWhere('lease_until', '<=', now),
        )
        .orderBy('next_due')
        .limit(options.limit)
        .whereNotIn('key', options.except ?? [])
        .modify(query => {
          if (options.keys) {
            query.whereIn('key', options.keys);
          }
          // SQLite has one writer at a time and knows no row locks.
          if (this.#knex.client.config.client === 'pg') {
            query.forUpdate().skipLocked();
          }
        });
      const rowsDue: { id: string }[] = await due;
      const ids = rowsDue.map(({ id }) => id);
      if (ids.length === 0) {
        return [];
      }
      const rows: DbSource[] = await transaction('sources')
        .whereIn('id', ids)
        .update({
          holder: options.holder,
          lease_until: now + options.leaseMs,
          generation: transaction.raw('generation + 1'),
          // Whoever asks for a reading from now on writes a time here.
          next_due: 0,
        })
        .returning('*');
      return rows.map(row => ({ ...toSourceRow(row), claimedAt: now }));
    });
  }

  /** Prolongs a lease. False when it is lost. */
  async renew(claim: Claim, leaseMs: number): Promise<boolean> {
    const now = await this.now();
    const renewed = await this.#held(this.#knex, claim).update({
      lease_until: now + leaseMs,
    });
    return renewed === 1;
  }

  /**
   * Writes what came of a claim and gives it back, all in one transaction. A
   * reading that was asked for meanwhile stays due: this one may have begun too
   * early for whoever asked.
   *
   * @throws LeaseLostError when somebody else has claimed the row meanwhile;
   * nothing is written then
   */
  async finish(claim: Claim, outcome: Outcome): Promise<void> {
    await this.finishAll([[claim, outcome]]);
  }

  /**
   * As `finish`, for many claims in one transaction.
   *
   * @throws LeaseLostError when somebody else has claimed one of the rows meanwhile;
   * nothing at all is written then
   */
  async finishAll(finished: [Claim, Outcome][]): Promise<void> {
    const now = await this.now();
    // Whoever marks rows as due locks them in this order as well.
    const sorted = [...finished].sort(([a], [b]) => (a.id < b.id ? -1 : 1));
    await transact(this.#knex, async transaction => {
      for (const [claim, outcome] of sorted) {
        await this.#finish(transaction, claim, outcome, now);
        await letOthersRun();
      }
    });
    for (const [, outcome] of finished) {
      await outcome.written?.();
    }
  }

  async #finish(
    transaction: Knex.Transaction,
    claim: Claim,
    outcome: Outcome,
    now: number,
  ): Promise<void> {
    const { staleIn } = outcome;
    const written = await this.#held(transaction, claim).update({
      holder: null,
      lease_until: null,
      cursor: outcome.cursor ?? null,
      next_due: transaction.raw(
        'case when next_due > 0 then next_due else ? end',
        [Math.round(now + outcome.nextDueIn)],
      ),
      failures: outcome.succeeded ? 0 : claim.failures + 1,
      checked_at: claim.claimedAt,
      ...(outcome.succeeded && { seen_at: claim.claimedAt }),
      ...(staleIn !== undefined && {
        stale_at: Math.round(claim.claimedAt + staleIn),
      }),
      status: JSON.stringify(outcome.status),
    });
    if (written !== 1) {
      throw new LeaseLostError(claim);
    }
    await outcome.write?.(transaction);
  }

  /**
   * Writes what a holder has come to know, in one transaction, and lets it go on.
   *
   * @param compose - told the time of the database
   * @throws LeaseLostError when somebody else has claimed the row meanwhile;
   * nothing is written then
   */
  async write(hold: Hold, compose: (now: number) => Progress): Promise<void> {
    const now = await this.now();
    const { status, cursor, seenAt, staleAt, write } = compose(now);
    await transact(this.#knex, async transaction => {
      const before: DbSource | undefined = await this.#held(
        transaction,
        hold,
      ).first('*');
      const written = await this.#held(transaction, hold).update({
        cursor,
        failures: 0,
        checked_at: now,
        ...(seenAt !== undefined && { seen_at: Math.round(seenAt) }),
        ...(staleAt !== undefined && { stale_at: Math.round(staleAt) }),
        status: JSON.stringify(status),
      });
      if (!before || written !== 1) {
        throw new LeaseLostError(hold);
      }
      await write(transaction, toSourceRow(before));
    });
  }

  /** Gives a claim back undone, for another replica to take at once. */
  async release(claim: Claim): Promise<void> {
    await this.#held(this.#knex, claim).update({
      holder: null,
      lease_until: null,
    });
  }

  /**
   * Makes rows due now that were last checked at `checkedBefore` or earlier.
   *
   * @param options - `insist`: also those that back off, and once more those that
   * are being read; default true
   */
  async hasten(
    ids: string[],
    checkedBefore: number,
    options: { insist?: boolean } = {},
  ): Promise<number> {
    const now = await this.now();
    const insist = options.insist ?? true;
    let hastened = 0;
    for (const batch of batches(ids)) {
      hastened += await this.#knex('sources')
        .whereIn('id', batch)
        .where(later => {
          later.where('next_due', '>', now);
          if (insist) {
            later.orWhereNotNull('holder');
          }
        })
        .where(old =>
          old
            .whereNull('checked_at')
            .orWhere('checked_at', '<=', checkedBefore),
        )
        .modify(query => {
          if (!insist) {
            query.where('failures', 0);
          }
        })
        .update({ next_due: now });
    }
    return hastened;
  }

  /** Rows by id; those that do not exist are left out. */
  async get(ids: string[]): Promise<SourceRow[]> {
    const found: SourceRow[] = [];
    for (const batch of batches(ids)) {
      const rows: DbSource[] = await this.#knex('sources')
        .whereIn('id', batch)
        .select('*');
      found.push(...rows.map(toSourceRow));
    }
    return found;
  }

  /** How many rows of a kind, with ids before a given one, have keys that begin in one of some ways. */
  async countBefore(
    { id, kind }: Pick<SourceRow, 'id' | 'kind'>,
    beginnings: string[],
  ): Promise<number> {
    const row = await this.#knex('sources')
      .where({ kind })
      .where('id', '<', id)
      .where(any => {
        for (const beginning of beginnings) {
          any.orWhereRaw('substr(key, 1, ?) = ?', [
            beginning.length,
            beginning,
          ]);
        }
      })
      .count({ count: '*' })
      .first();
    return Number(row?.count ?? 0);
  }

  /** Rows of which what is known is too old since, the oldest first. */
  async stale(now: number, limit: number): Promise<SourceRow[]> {
    const rows: DbSource[] = await this.#knex('sources')
      .where('stale_at', '<=', now)
      .orderBy('stale_at')
      .limit(limit)
      .select('*');
    return rows.map(toSourceRow);
  }

  #held(knex: Knex, hold: Hold) {
    return knex('sources').where({
      id: hold.id,
      generation: hold.generation,
      holder: hold.holder,
    });
  }
}
