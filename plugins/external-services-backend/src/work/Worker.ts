import type { LoggerService } from '@backstage/backend-plugin-api';
import { toError } from '@backstage/errors';
import { LeaseLostError } from '../database/LeaseLostError';
import type { Claim, SourceRow } from '../database/SourceRow';
import type { Outcome, SourceStore } from '../database/SourceStore';
import { backOff } from './backOff';
import { Bell, Delay } from './Bell';
import type { Replicas } from './Replicas';
import type { SourceHandler } from './SourceHandler';
import { timerDelay } from './timerDelay';

/** Lost replicas are replaced after this time. */
const LEASE_MS = 25_000;
const RENEW_EVERY_MS = 10_000;
/** How often other replicas' requests are noticed. */
const POLL_MS = 1_000;
const MAX_BACK_OFF_MS = 5 * 60_000;

/** One row that is worked on. */
interface Run {
  key: string;
  ended: Promise<void>;
  /** Aborted to let another replica have the row. */
  giveBack: AbortController;
}

/**
 * Claims the rows that are due and hands them to their handlers.
 *
 * Rows that are held for long spread by one rule: of n rows and r replicas nobody
 * holds more than n/r, rounded up. Who holds more, because a replica has come,
 * gives the rest back; who holds fewer takes what is free.
 *
 * @internal
 */
export class Worker {
  readonly #sources: SourceStore;
  readonly #handlers: SourceHandler[];
  readonly #logger: LoggerService;
  readonly #holder: string;
  readonly #replicas?: Replicas;
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
    /** Needed by handlers with `heldKeys`. */
    replicas?: Replicas;
    delay?: Delay;
  }) {
    return new Worker(options);
  }

  private constructor(options: Parameters<typeof Worker.create>[0]) {
    this.#sources = options.sources;
    this.#handlers = options.handlers;
    this.#logger = options.logger;
    this.#holder = options.holder;
    this.#replicas = options.replicas;
    this.#delay = options.delay ?? timerDelay;
    this.#bells = new Map(
      this.#handlers.map(handler => [handler, new Bell(this.#delay)]),
    );
  }

  /** Begins to work. */
  start() {
    this.#loops = [...this.#bells].map(entry => this.#loop(...entry));
    if ([...this.#bells.keys()].some(({ heldKeys }) => heldKeys)) {
      this.#loops.push(this.#bePresent());
    }
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
    const running = new Set<Run>();
    let errors = 0;
    while (!signal.aborted) {
      let claims: Claim[] = [];
      try {
        claims = await this.#claim(handler, running);
        errors = 0;
      } catch (error) {
        errors += 1;
        this.#logger.warn(
          `Cannot look for ${handler.kind} work: ${toError(error).message}`,
        );
      }
      for (const claim of claims) {
        const run: Run = {
          key: claim.key,
          giveBack: new AbortController(),
          ended: Promise.resolve(),
        };
        running.add(run);
        run.ended = this.#run(handler, claim, run.giveBack.signal).finally(
          () => {
            running.delete(run);
            // Work begets work: an entity a repository, a repository names.
            this.wake();
          },
        );
      }
      if (claims.length === 0 && !signal.aborted) {
        const wait = errors > 0 ? backOff(errors, MAX_BACK_OFF_MS) : POLL_MS;
        await bell.wait(wait, signal);
      }
    }
    await Promise.all([...running].map(({ ended }) => ended));
  }

  async #claim(handler: SourceHandler, running: Set<Run>): Promise<Claim[]> {
    const keys = await handler.heldKeys?.();
    const share = await this.#share(handler, keys);
    const kept = [...running].filter(run => !run.giveBack.signal.aborted);
    kept.slice(share).forEach(run => run.giveBack.abort());
    const limit = Math.min(
      handler.concurrency - running.size,
      share - kept.length,
    );
    return limit > 0
      ? this.#sources.claim(handler.kind, {
          limit,
          holder: this.#holder,
          leaseMs: LEASE_MS,
          keys,
          // A row made anew counts its claims from the start: two would look alike.
          except: [...running].map(({ key }) => key),
        })
      : [];
  }

  async #share(
    { concurrency }: SourceHandler,
    keys: string[] | undefined,
  ): Promise<number> {
    return keys
      ? Math.ceil(keys.length / ((await this.#replicas?.count()) ?? 1))
      : concurrency;
  }

  async #bePresent(): Promise<void> {
    const { signal } = this.#stopping;
    const attempt = (done: Promise<void> | undefined) =>
      done?.catch(error =>
        this.#logger.warn(
          `Cannot share clusters with other replicas: ${
            toError(error).message
          }`,
        ),
      );
    while (!signal.aborted) {
      await attempt(this.#replicas?.present(this.#holder, LEASE_MS));
      await attempt(this.#keepRows());
      await this.#delay(RENEW_EVERY_MS, signal);
    }
    await attempt(this.#replicas?.leave(this.#holder));
  }

  /** A replica that starts with an older configuration removes what it does not know. */
  async #keepRows(): Promise<void> {
    for (const handler of this.#bells.keys()) {
      await this.#sources.ensure(
        handler.kind,
        (await handler.heldKeys?.()) ?? [],
      );
    }
  }

  async #run(
    handler: SourceHandler,
    claim: Claim,
    givenBack: AbortSignal,
  ): Promise<void> {
    const done = new AbortController();
    const lost = new AbortController();
    const released = AbortSignal.any([this.#stopping.signal, givenBack]);
    const signal = AbortSignal.any([released, lost.signal]);
    const keeping = this.#keepLease(claim, lost, done.signal);
    try {
      const outcome = await this.#attempt(handler, claim, signal);
      if (released.aborted) {
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
      if (error instanceof LeaseLostError) {
        throw error;
      }
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
