import type { Claim, SourceKind } from '../database/SourceRow';
import type { Outcome } from '../database/SourceStore';

/**
 * Does the work of one kind, row by row.
 *
 * @internal
 */
export interface SingleHandler {
  readonly kind: SourceKind;
  /** Rows worked on at the same time by one replica. */
  readonly concurrency: number;
  /**
   * The only keys there are to work on by now, each held until the replica ends.
   * They spread over the replicas evenly, and have rows as long as one runs. Default:
   * all keys that have rows, each held for one piece of work.
   */
  heldKeys?(): Promise<string[]>;
  /** Ends soon after the signal aborts. What it throws counts as a failed attempt. */
  handle(claim: Claim, signal: AbortSignal): Promise<Outcome>;
  /**
   * What to store where the database refused what came of it, so that it never looks
   * well. Default: a failed attempt with the status of before.
   */
  unwritable?(claim: Claim): Outcome;
}

/**
 * Does the work of one kind for many rows together, one batch at a time.
 *
 * @internal
 */
export interface BatchHandler {
  readonly kind: SourceKind;
  /** Most rows of a batch. */
  readonly batchSize: number;
  /**
   * Answers what came of each claim, by its id; one that is left out has failed. What
   * it throws counts as a failed attempt for all.
   */
  handleAll(
    claims: Claim[],
    signal: AbortSignal,
  ): Promise<Map<string, Outcome>>;
}

/** @internal */
export type SourceHandler = SingleHandler | BatchHandler;
