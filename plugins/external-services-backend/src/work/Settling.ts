import type { SourceRow } from '../database/SourceRow';
import type { SourceStore } from '../database/SourceStore';
import type { Delay } from './Bell';
import { DUE_NOW } from './markDue';
import { timerDelay } from './timerDelay';

const LOOK_EVERY_MS = 100;

/**
 * Sets work going and waits for it, whichever replica does it.
 *
 * @internal
 */
export class Settling {
  readonly #sources: SourceStore;
  readonly #wake: () => void;
  readonly #delay: Delay;

  static create(options: {
    sources: SourceStore;
    /** Makes this replica look for work at once. */
    wake: () => void;
    delay?: Delay;
  }) {
    return new Settling(options);
  }

  private constructor(options: Parameters<typeof Settling.create>[0]) {
    this.#sources = options.sources;
    this.#wake = options.wake;
    this.#delay = options.delay ?? timerDelay;
  }

  /** Makes this replica look for work at once. */
  wake() {
    this.#wake();
  }

  /**
   * Makes sources due that were last checked at `checkedBefore` or earlier.
   *
   * @param options - `insist`: also those that back off, and once more those that
   * are being read; default true
   */
  async hasten(
    ids: string[],
    checkedBefore: number,
    options: { insist?: boolean } = {},
  ): Promise<void> {
    if ((await this.#sources.hasten(ids, checkedBefore, options)) > 0) {
      this.#wake();
    }
  }

  /**
   * Waits until all sources were checked by attempts that began at `since` or later.
   *
   * @returns false when that did not happen in time
   */
  async settled(
    ids: string[],
    since: number,
    deadline: AbortSignal,
  ): Promise<boolean> {
    return this.#until(
      ids,
      ({ checkedAt = -1 }) => checkedAt >= since,
      deadline,
    );
  }

  /**
   * Waits until nothing is to be done about some sources, nor being done.
   *
   * @returns false when that did not happen in time
   */
  async idle(ids: string[], deadline: AbortSignal): Promise<boolean> {
    return this.#until(
      ids,
      ({ holder, nextDue }) => holder === undefined && nextDue > DUE_NOW,
      deadline,
    );
  }

  async #until(
    ids: string[],
    holds: (row: SourceRow) => boolean,
    deadline: AbortSignal,
  ): Promise<boolean> {
    while (!deadline.aborted) {
      const rows = await this.#sources.get(ids);
      if (rows.every(holds)) {
        return true;
      }
      await this.#delay(LOOK_EVERY_MS, deadline);
    }
    return false;
  }
}
