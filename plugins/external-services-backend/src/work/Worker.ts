import type { LoggerService } from '@backstage/backend-plugin-api';
import { shortMessage } from '../shortMessage';
import type { Claim, SourceKind } from '../database/SourceRow';
import type { SourceStore } from '../database/SourceStore';
import { backOff } from './backOff';
import { Bell, Delay } from './Bell';
import type { Replicas } from './Replicas';
import { LEASE_MS, MAX_BACK_OFF_MS, RENEW_EVERY_MS, Runner } from './Runner';
import type { SingleHandler, SourceHandler } from './SourceHandler';
import { timerDelay } from './timerDelay';

/** How often other replicas' requests are noticed. */
const POLL_MS = 1_000;

/** What there may be to do once a piece of work of a kind is done. */
const BEGETS: Record<SourceKind, SourceKind[]> = {
  catalog: ['repository', 'entity'],
  repository: ['dns', 'entity'],
  dns: ['entity'],
  'kubernetes-plugin': ['cluster'],
  cluster: ['cluster', 'entity'],
  entity: [],
  freshness: ['entity'],
};

/** Rows that are worked on together; most often one. */
interface Run {
  keys: string[];
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
  readonly #runner: Runner;
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
    this.#runner = new Runner({
      sources: options.sources,
      logger: options.logger,
      delay: this.#delay,
    });
    this.#bells = new Map(
      this.#handlers.map(handler => [handler, new Bell(this.#delay)]),
    );
  }

  /** Begins to work. */
  start() {
    this.#loops = [...this.#bells].map(entry => this.#loop(...entry));
    if ([...this.#bells.keys()].some(heldKeysOf)) {
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

  /** Work begets work: an entity a repository, a repository names. */
  #wakeAfter(handler: SourceHandler) {
    for (const [other, bell] of this.#bells) {
      if (BEGETS[handler.kind].includes(other.kind) || other === handler) {
        bell.ring();
      }
    }
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
          `Cannot look for ${handler.kind} work: ${shortMessage(error)}`,
        );
      }
      const together =
        'batchSize' in handler ? [claims] : claims.map(one => [one]);
      for (const batch of together.filter(({ length }) => length > 0)) {
        const run: Run = {
          keys: batch.map(({ key }) => key),
          giveBack: new AbortController(),
          ended: Promise.resolve(),
        };
        running.add(run);
        run.ended = this.#runner
          .run(handler, batch, AbortSignal.any([signal, run.giveBack.signal]))
          .finally(() => {
            running.delete(run);
            this.#wakeAfter(handler);
          });
      }
      if (claims.length === 0 && !signal.aborted) {
        const wait = errors > 0 ? backOff(errors, MAX_BACK_OFF_MS) : POLL_MS;
        await bell.wait(wait, signal);
      }
    }
    await Promise.all([...running].map(({ ended }) => ended));
  }

  async #claim(handler: SourceHandler, running: Set<Run>): Promise<Claim[]> {
    const keys = await heldKeysOf(handler)?.();
    const limit = await this.#room(handler, keys, running);
    return limit > 0
      ? this.#sources.claim(handler.kind, {
          limit,
          holder: this.#holder,
          leaseMs: LEASE_MS,
          keys,
          // A row made anew counts its claims from the start: two would look alike.
          except: [...running].flatMap(run => run.keys),
        })
      : [];
  }

  /** How many rows may be taken besides those that are worked on. */
  async #room(
    handler: SourceHandler,
    keys: string[] | undefined,
    running: Set<Run>,
  ): Promise<number> {
    if ('batchSize' in handler) {
      return running.size > 0 ? 0 : handler.batchSize;
    }
    const share = await this.#share(handler, keys);
    const kept = [...running].filter(run => !run.giveBack.signal.aborted);
    kept.slice(share).forEach(run => run.giveBack.abort());
    return Math.min(handler.concurrency - running.size, share - kept.length);
  }

  async #share(
    { concurrency }: SingleHandler,
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
          `Cannot share clusters with other replicas: ${shortMessage(error)}`,
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
        (await heldKeysOf(handler)?.()) ?? [],
      );
    }
  }
}

function heldKeysOf(
  handler: SourceHandler,
): (() => Promise<string[]>) | undefined {
  return 'batchSize' in handler
    ? undefined
    : handler.heldKeys && (() => handler.heldKeys!());
}
