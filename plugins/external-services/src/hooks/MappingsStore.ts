import type { CompoundEntityRef } from '@backstage/catalog-model';
import type { MappingsResponse } from '@external-services/backstage-plugin-external-services-common';
import type { ExternalServicesApi } from '../api/ExternalServicesApi';
import {
  RequestFailure,
  deniesReading,
  failureOfError,
} from '../api/RequestFailure';
import { countChanges } from '../presentation/changes';
import { isSettling } from '../presentation/lines';

const POLL_MS = 10_000;
/** While something is being checked for the first time. */
const SETTLING_POLL_MS = 1_000;
/** A source that stays pending for longer is asked at the normal pace again. */
const MAX_SETTLING_MS = 60_000;
const MAX_BACKOFF_MS = 120_000;
/** Spreads the clients of one portal after an outage. */
const JITTER = 0.2;

/** How a press of `Check now` ended. */
export type CheckOutcome =
  | { kind: 'done'; changes: number }
  | { kind: 'checking' }
  | { kind: 'tooSoon'; checkedAt?: string; seconds: number }
  | { kind: 'failed'; failure: RequestFailure };

/** What the card knows at one moment. */
export interface MappingsSnapshot {
  /** The last good answer; kept while later requests fail. */
  data?: MappingsResponse;
  /** Set while the last request failed. */
  failure?: RequestFailure;
  /** When the present row of failures began, milliseconds since the epoch. */
  failingSince?: number;
  /** When the last request ended, milliseconds since the epoch. */
  loadedAt?: number;
  /** When the running `Check now` began; undefined when none runs. */
  checkingSince?: number;
  /** How the last `Check now` ended. */
  outcome?: CheckOutcome;
}

/**
 * Keeps the mappings of one entity fresh: polls while the page is visible, backs
 * off while requests fail, and gives up data only when it may no longer be read.
 */
export class MappingsStore {
  private snapshot: MappingsSnapshot;
  private readonly listeners = new Set<() => void>();
  private timer?: ReturnType<typeof setTimeout>;
  private controller = new AbortController();
  private loading?: Promise<void>;
  private failures = 0;
  private settlingSince?: number;
  private running = false;

  constructor(
    private readonly api: ExternalServicesApi,
    private readonly entity: CompoundEntityRef,
  ) {
    this.snapshot = { data: api.lastMappings(entity) };
  }

  readonly getSnapshot = (): MappingsSnapshot => this.snapshot;

  readonly subscribe = (listener: () => void): (() => void) => {
    this.listeners.add(listener);
    return () => this.listeners.delete(listener);
  };

  /** Starts polling. The returned function stops it and aborts what runs. */
  readonly start = (): (() => void) => {
    this.running = true;
    this.controller = new AbortController();
    const onVisible = () => {
      if (document.visibilityState === 'visible') this.reload();
    };
    document.addEventListener('visibilitychange', onVisible);
    this.reload();
    return () => {
      this.running = false;
      document.removeEventListener('visibilitychange', onVisible);
      clearTimeout(this.timer);
      this.controller.abort();
      this.loading = undefined;
      this.set({ checkingSince: undefined });
    };
  };

  /** Asks now. Calls made while a request runs share it. */
  readonly reload = (): Promise<void> => {
    clearTimeout(this.timer);
    if (!this.loading) {
      const loading = this.load().finally(() => {
        // After a stop and a new start this may no longer be the one that counts.
        if (this.loading !== loading) return;
        this.loading = undefined;
        this.schedule();
      });
      this.loading = loading;
    }
    return this.loading;
  };

  /** Asks for a change that was told; a request that runs may carry the answer from before it. */
  readonly follow = async (): Promise<void> => {
    await this.loading;
    if (this.running) await this.reload();
  };

  /** Asks the backend to look again, and waits until it has. */
  readonly checkNow = async (): Promise<void> => {
    if (this.snapshot.checkingSince !== undefined) return;
    const { signal } = this.controller;
    const before = this.snapshot.data;
    this.set({ checkingSince: Date.now(), outcome: undefined });
    let outcome: CheckOutcome;
    try {
      const answer = await this.api.refresh(this.entity, { signal });
      if (answer.status === 'tooSoon') {
        outcome = {
          kind: 'tooSoon',
          checkedAt: answer.checkedAt,
          seconds: Math.max(1, Math.ceil(answer.retryAfter)),
        };
      } else {
        await this.settle(signal);
        const { data, failure } = this.snapshot;
        if (failure) {
          outcome = { kind: 'failed', failure };
        } else if (answer.status === 'checking') {
          outcome = { kind: 'checking' };
        } else {
          const changes = before && data ? countChanges(before, data) : 0;
          outcome = { kind: 'done', changes };
        }
      }
    } catch (error) {
      if (signal.aborted) return;
      outcome = { kind: 'failed', failure: failureOfError(error) };
    }
    if (!signal.aborted) {
      this.set({ checkingSince: undefined, outcome });
    }
  };

  /** Forgets how the last `Check now` ended. */
  readonly dismissOutcome = () => {
    if (this.snapshot.outcome) this.set({ outcome: undefined });
  };

  /** Reads until nothing is on its way any more. */
  private async settle(signal: AbortSignal): Promise<void> {
    const deadline = Date.now() + MAX_SETTLING_MS;
    await this.follow();
    while (
      !signal.aborted &&
      this.snapshot.data &&
      !this.snapshot.failure &&
      isSettling(this.snapshot.data) &&
      Date.now() < deadline
    ) {
      await new Promise(resolve => setTimeout(resolve, SETTLING_POLL_MS));
      if (!signal.aborted) await this.reload();
    }
  }

  private async load(): Promise<void> {
    const { signal } = this.controller;
    try {
      const data = await this.api.getMappings(this.entity, { signal });
      if (signal.aborted) return;
      this.failures = 0;
      this.set({
        data,
        failure: undefined,
        failingSince: undefined,
        loadedAt: Date.now(),
      });
    } catch (error) {
      if (signal.aborted) return;
      const failure = failureOfError(error);
      this.failures += 1;
      this.set({
        // Who may no longer read must not go on seeing what was read.
        data: deniesReading(failure) ? undefined : this.snapshot.data,
        failure,
        failingSince: this.snapshot.failingSince ?? Date.now(),
        loadedAt: Date.now(),
      });
    }
  }

  private schedule() {
    clearTimeout(this.timer);
    const delay = this.nextDelay();
    if (!this.running || delay === undefined) return;
    this.timer = setTimeout(() => {
      if (document.visibilityState === 'hidden') {
        // Nobody looks; `visibilitychange` wakes us up.
        return;
      }
      this.reload();
    }, delay);
  }

  /** Undefined: asking again cannot help. */
  private nextDelay(): number | undefined {
    const { data, failure } = this.snapshot;
    if (failure) {
      if (failure.kind === 'forbidden' || failure.kind === 'signed-out') {
        return undefined;
      }
      const backoff = Math.min(
        POLL_MS * 2 ** (this.failures - 1),
        MAX_BACKOFF_MS,
      );
      const asked =
        failure.kind === 'too-many' ? (failure.seconds ?? 0) * 1000 : 0;
      return Math.max(backoff, asked) * (1 + JITTER * Math.random());
    }
    if (!data || !isSettling(data)) {
      this.settlingSince = undefined;
      return POLL_MS;
    }
    this.settlingSince ??= Date.now();
    return Date.now() - this.settlingSince < MAX_SETTLING_MS
      ? SETTLING_POLL_MS
      : POLL_MS;
  }

  private set(change: Partial<MappingsSnapshot>) {
    this.snapshot = { ...this.snapshot, ...change };
    this.listeners.forEach(listener => listener());
  }
}
