import type { Knex } from 'knex';
import { batches } from '../database/batches';
import type { SourceKind, SourceRow } from '../database/SourceRow';
import type { Outcome, SourceStore } from '../database/SourceStore';
import type { KnownClusters } from '../sources/cluster/KnownClusters';
import { markDue } from '../work/markDue';
import type { SingleHandler } from '../work/SourceHandler';
import { joinedWith } from './joinedWith';
import type { LineHistory } from './LineHistory';

/** The key of the one row of this kind. */
export const FRESHNESS_KEY = 'freshness';

const LOOK_EVERY_MS = 5_000;
/** Sources noticed at once; the rest follows at once. */
const BATCH = 200;

/**
 * Notices what happens without anything being written: a source that was silent
 * for too long, another configuration, history that is too old.
 *
 * @internal
 */
export class FreshnessHandler implements SingleHandler {
  readonly kind = 'freshness';
  readonly concurrency = 1;
  readonly #options: FreshnessHandlerOptions;
  #joinedWith?: string;

  static create(options: FreshnessHandlerOptions) {
    return new FreshnessHandler(options);
  }

  private constructor(options: FreshnessHandlerOptions) {
    this.#options = options;
  }

  async handle(): Promise<Outcome> {
    const { history, known, sources } = this.#options;
    const now = await sources.now();
    const configuration = joinedWith(known.config);
    const stale = await sources.stale(now, BATCH);
    return {
      succeeded: true,
      status: null,
      nextDueIn: stale.length < BATCH ? LOOK_EVERY_MS : 0,
      write: async transaction => {
        if (configuration !== this.#joinedWith) {
          await markDue.notJoinedWith(transaction, configuration);
        }
        await noticeStale(transaction, stale, now);
        await history.purge(transaction, now);
      },
      written: async () => {
        this.#joinedWith = configuration;
      },
    };
  }
}

/**
 * What a {@link FreshnessHandler} needs.
 *
 * @internal
 */
export interface FreshnessHandlerOptions {
  history: LineHistory;
  known: Pick<KnownClusters, 'config'>;
  sources: SourceStore;
}

async function noticeStale(
  transaction: Knex.Transaction,
  stale: SourceRow[],
  now: number,
): Promise<void> {
  const of = (kind: SourceKind) => stale.filter(row => row.kind === kind);
  for (const { id } of of('repository')) {
    await markDue.ofRepository(transaction, id);
  }
  for (const { id } of of('dns')) {
    await markDue.ofTarget(transaction, id);
  }
  if (of('cluster').length > 0) {
    await markDue.withServices(transaction);
  }
  for (const batch of batches(stale)) {
    await transaction('sources')
      .whereIn(
        'id',
        batch.map(({ id }) => id),
      )
      .where('stale_at', '<=', now)
      .update({ stale_at: null });
  }
}
