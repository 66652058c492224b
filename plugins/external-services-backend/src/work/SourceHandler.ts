import type { SourceKind, SourceRow } from '../database/SourceRow';
import type { Outcome } from '../database/SourceStore';

/**
 * Does the work of one kind.
 *
 * @internal
 */
export interface SourceHandler {
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
  handle(claim: SourceRow, signal: AbortSignal): Promise<Outcome>;
}
