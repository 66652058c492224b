import type { LoggerService } from '@backstage/backend-plugin-api';
import { toError } from '@backstage/errors';
import { LeaseLostError } from '../database/LeaseLostError';
import type { Claim, SourceKind, SourceRow } from '../database/SourceRow';
import type { Outcome, SourceStore } from '../database/SourceStore';
import { backOff } from './backOff';
import { Bell, Delay } from './Bell';
import { timerDelay } from './timerDelay';

/** Lost replicas are replaced after this time. */
const LEASE_MS = 25_000;
const RENEW_EVERY_MS = 10_000;
/** How often other replicas' requests are noticed. */
const POLL_MS = 1_000;
const MAX_BACK_OFF_MS = 5 * 60_000;

/**
 * Does the work of one kind.
 *
 * @internal
 */
export interface SourceHandler {
  readonly kind: SourceKind;
  /** Rows worked on at the same time by one replica. */
  readonly concurrency: number;
  /** Ends soon after the signal aborts. What it throws counts as a failed attempt. */
  handle(claim: SourceRow, signal: AbortSignal): Promise<Outcome>;
}

/**
 * Claims the rows that are due and hands them to their handlers.
 *
 * @internal
 */
export class Worker {
  readonly #sources: SourceStore;
  readonly #handlers: SourceHandler[];
  readonly #logger: LoggerService;
  readonly #holder: string;
  readonly #delay: Delay;
  readonly #bells: Map<SourceHandler, Bell>;
  readonly #stopping = new AbortController();
  #loops: Promise<void>[] = [];

  static create(options: {
    sources: SourceStore;
    handlers: SourceHandler[];
    logger: LoggerService;
    /** Names this replica; unique. */
    holder: string;
    delay?: Delay;
  }) {
    return new Worker(options);
  }

  private constructor(options: Parameters<typeof Worker.create>[0]) {
    this.#sources = options.sources;
    this.#handlers = options.handlers;
    this.#logger = options.logger;
    this.#holder = options.holder;
    this.#delay = options.delay ?? timerDelay;
    this.#bells = new Map(
      this.#handlers.map(handler => [handler, new Bell(this.#delay)]),
    );
  }

  /** Begins to work. */
  start() {
    this.#loops = [...this.#bells].map(entry => this.#loop(...entry));
  }

  /** Looks for work now instead of at the next poll. */
  wake() {
    this.#bells.forEach(bell => bell.ring());
  }

  /** Aborts what runs, gives it back, and resolves when everything has ended. */
  async stop() {
    this.#stopping.abort();
    await Promise.all(this.#loops);
  }

  async #loop(handler: SourceHandler, bell: Bell): Promise<void> {
    const { signal } = this.#stopping;
    const running = new Set<Promise<void>>();
    let errors = 0;
    while (!signal.aborted) {
      const free = handler.concurrency - running.size;
      let claims: Claim[] = [];
      try {
        claims =
          free > 0
            ? await this.#sources.claim(handler.kind, {
                limit: free,
                holder: this.#holder,
                leaseMs: LEASE_MS,
              })
            : [];
        errors = 0;
      } catch (error) {
        errors += 1;
        this.#logger.warn(
          `Cannot look for ${handler.kind} work: ${toError(error).message}`,
        );
      }
      for (const claim of claims) {
        const run: Promise<void> = this.#run(handler, claim).finally(() => {
          running.delete(run);
          // Work begets work: an entity a repository, a repository names.
          this.wake();
        });
        running.add(run);
      }
      if (claims.length === 0 && !signal.aborted) {
        const wait = errors > 0 ? backOff(errors, MAX_BACK_OFF_MS) : POLL_MS;
        await bell.wait(wait, signal);
      }
    }
    await Promise.all(running);
  }

  async #run(handler: SourceHandler, claim: Claim): Promise<void> {
    const done = new AbortController();
    const lost = new AbortController();
    const signal = AbortSignal.any([this.#stopping.signal, lost.signal]);
    const keeping = this.#keepLease(claim, lost, done.signal);
    try {
      const outcome = await this.#attempt(handler, claim, signal);
      if (this.#stopping.signal.aborted) {
        await this.#sources.release(claim);
      } else {
        await this.#finish(handler, claim, outcome);
      }
    } catch (error) {
      const level = error instanceof LeaseLostError ? 'info' : 'warn';
      this.#logger[level](
        `${handler.kind} ${claim.key} was not written: ${
          toError(error).message
        }`,
      );
    } finally {
      done.abort();
      await keeping;
    }
  }

  async #attempt(
    handler: SourceHandler,
    claim: SourceRow,
    signal: AbortSignal,
  ): Promise<Outcome> {
    try {
      return await handler.handle(claim, signal);
    } catch (error) {
      if (!signal.aborted) {
        this.#logger.warn(
          `${handler.kind} ${claim.key} failed: ${toError(error).message}`,
        );
      }
      return failed(claim);
    }
  }

  /** An outcome that the database refuses is a failed attempt, so that it backs off. */
  async #finish(
    handler: SourceHandler,
    claim: Claim,
    outcome: Outcome,
  ): Promise<void> {
    try {
      await this.#sources.finish(claim, outcome);
    } catch (error) {
      if (error instanceof LeaseLostError) {
        throw error;
      }
      this.#logger.warn(
        `What came of ${handler.kind} ${claim.key} cannot be written: ${
          toError(error).message
        }`,
      );
      await this.#sources.finish(claim, failed(claim));
    }
  }

  async #keepLease(
    claim: Claim,
    lost: AbortController,
    done: AbortSignal,
  ): Promise<void> {
    while (!done.aborted) {
      await this.#delay(RENEW_EVERY_MS, done);
      if (done.aborted) {
        return;
      }
      const kept = await this.#sources
        .renew(claim, LEASE_MS)
        // A database that is away for a moment has not given the lease to another.
        .catch(() => true);
      if (!kept) {
        lost.abort(new LeaseLostError(claim));
        return;
      }
    }
  }
}

function failed(claim: SourceRow): Outcome {
  return {
    succeeded: false,
    status: claim.status ?? null,
    cursor: claim.cursor,
    nextDueIn: backOff(claim.failures + 1, MAX_BACK_OFF_MS),
  };
}
