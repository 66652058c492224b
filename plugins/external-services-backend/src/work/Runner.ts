import type { LoggerService } from '@backstage/backend-plugin-api';
import { shortMessage } from '../shortMessage';
import { LeaseLostError } from '../database/LeaseLostError';
import type { Claim, SourceRow } from '../database/SourceRow';
import type { Outcome, SourceStore } from '../database/SourceStore';
import { backOff } from './backOff';
import type { Delay } from './Bell';
import type { SourceHandler } from './SourceHandler';

/** Lost replicas are replaced after this time. */
export const LEASE_MS = 25_000;
export const RENEW_EVERY_MS = 10_000;
export const MAX_BACK_OFF_MS = 5 * 60_000;

/**
 * Has claims worked on under their leases, and writes what came of them.
 *
 * @internal
 */
export class Runner {
  readonly #sources: SourceStore;
  readonly #logger: LoggerService;
  readonly #delay: Delay;

  constructor(options: {
    sources: SourceStore;
    logger: LoggerService;
    delay: Delay;
  }) {
    this.#sources = options.sources;
    this.#logger = options.logger;
    this.#delay = options.delay;
  }

  /**
   * Never fails: what goes wrong is logged, and tried again later.
   *
   * @param released - aborts when the claims are to be given back undone
   */
  async run(
    handler: SourceHandler,
    claims: Claim[],
    released: AbortSignal,
  ): Promise<void> {
    const done = new AbortController();
    const lost = new AbortController();
    const signal = AbortSignal.any([released, lost.signal]);
    const keeping = this.#keepLeases(claims, lost, done.signal);
    try {
      const outcomes = await this.#attempt(handler, claims, signal);
      if (released.aborted) {
        await Promise.all(claims.map(claim => this.#sources.release(claim)));
      } else {
        await this.#finish(handler, outcomes);
      }
    } catch (error) {
      this.#notWritten(handler, claims, error);
    } finally {
      done.abort();
      await keeping;
    }
  }

  async #attempt(
    handler: SourceHandler,
    claims: Claim[],
    signal: AbortSignal,
  ): Promise<[Claim, Outcome][]> {
    try {
      if ('batchSize' in handler) {
        const outcomes = await handler.handleAll(claims, signal);
        return claims.map(claim => [
          claim,
          outcomes.get(claim.id) ?? failed(claim),
        ]);
      }
      const [claim] = claims;
      return [[claim, await handler.handle(claim, signal)]];
    } catch (error) {
      if (error instanceof LeaseLostError) {
        throw error;
      }
      if (!signal.aborted) {
        this.#logger.warn(
          `${titleOf(handler, claims)} failed: ${shortMessage(error)}`,
        );
      }
      return claims.map(claim => [claim, failed(claim)]);
    }
  }

  /** An outcome that the database refuses is a failed attempt, so that it backs off. */
  async #finish(
    handler: SourceHandler,
    outcomes: [Claim, Outcome][],
  ): Promise<void> {
    try {
      await this.#sources.finishAll(outcomes);
      return;
    } catch (error) {
      if (outcomes.length === 1) {
        await this.#finishAsFailed(handler, outcomes[0][0], error);
        return;
      }
    }
    // One of them cannot be written; the others can.
    for (const outcome of outcomes) {
      try {
        await this.#finish(handler, [outcome]);
      } catch (error) {
        this.#notWritten(handler, [outcome[0]], error);
      }
    }
  }

  async #finishAsFailed(
    handler: SourceHandler,
    claim: Claim,
    error: unknown,
  ): Promise<void> {
    if (error instanceof LeaseLostError) {
      throw error;
    }
    this.#logger.warn(
      `What came of ${titleOf(handler, [
        claim,
      ])} cannot be written: ${shortMessage(error)}`,
    );
    const outcome =
      'unwritable' in handler ? handler.unwritable?.(claim) : undefined;
    await this.#sources.finish(claim, outcome ?? failed(claim));
  }

  #notWritten(handler: SourceHandler, claims: Claim[], error: unknown) {
    const level = error instanceof LeaseLostError ? 'info' : 'warn';
    this.#logger[level](
      `${titleOf(handler, claims)} was not written: ${shortMessage(error)}`,
    );
  }

  async #keepLeases(
    claims: Claim[],
    lost: AbortController,
    done: AbortSignal,
  ): Promise<void> {
    while (!done.aborted) {
      await this.#delay(RENEW_EVERY_MS, done);
      for (const claim of claims) {
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
}

function titleOf({ kind }: SourceHandler, claims: Claim[]): string {
  const [{ key }] = claims;
  return claims.length > 1
    ? `${kind} ${key} and ${claims.length - 1} more`
    : `${kind} ${key}`;
}

function failed(claim: SourceRow): Outcome {
  return {
    succeeded: false,
    status: claim.status ?? null,
    cursor: claim.cursor,
    nextDueIn: backOff(claim.failures + 1, MAX_BACK_OFF_MS),
  };
}
