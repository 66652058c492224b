import type { Knex } from 'knex';
import { batches } from '../database/batches';
import type { LineChange } from './LineChange';

/**
 * For how long changes are remembered, and how many of each line.
 *
 * @internal
 */
export interface HistoryBounds {
  maxAgeMs: number;
  maxPerLine: number;
}

/**
 * Remembers what became of lines.
 *
 * @internal
 */
export class LineHistory {
  readonly #bounds: HistoryBounds;

  static create(bounds: HistoryBounds) {
    return new LineHistory(bounds);
  }

  private constructor(bounds: HistoryBounds) {
    this.#bounds = bounds;
  }

  /** Adds changes of an entity's lines, and forgets those that are too many. */
  async append(
    transaction: Knex.Transaction,
    entityRef: string,
    changes: LineChange[],
    at: number,
  ): Promise<void> {
    const rows = changes.map(({ lineId, before, after }) => ({
      line_id: lineId,
      entity_ref: entityRef,
      at,
      before: before ? JSON.stringify(before) : null,
      after: after ? JSON.stringify(after) : null,
    }));
    for (const batch of batches(rows)) {
      await transaction('line_changes').insert(batch);
    }
    for (const { lineId } of changes) {
      const oldest = await transaction('line_changes')
        .where('line_id', lineId)
        .orderBy('id', 'desc')
        .offset(this.#bounds.maxPerLine)
        .first('id');
      if (oldest) {
        await transaction('line_changes')
          .where('line_id', lineId)
          .where('id', '<=', oldest.id)
          .delete();
      }
    }
  }

  /** Forgets what is too old. */
  async purge(transaction: Knex.Transaction, now: number): Promise<void> {
    await transaction('line_changes')
      .where('at', '<', now - this.#bounds.maxAgeMs)
      .delete();
  }
}
