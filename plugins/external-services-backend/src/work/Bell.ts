/**
 * Waits a given time unless the signal aborts first, which is no error.
 *
 * @internal
 */
export type Delay = (
  milliseconds: number,
  signal: AbortSignal,
) => Promise<void>;

/**
 * Lets one waiter wait for a time, or for the bell. A ring that nobody waits
 * for ends the next waiting at once, so that none is lost.
 *
 * @internal
 */
export class Bell {
  readonly #delay: Delay;
  #round = new AbortController();

  constructor(delay: Delay) {
    this.#delay = delay;
  }

  ring() {
    this.#round.abort();
  }

  /** Resolves after the time, at the bell, or when the signal aborts. */
  async wait(milliseconds: number, signal: AbortSignal): Promise<void> {
    await this.#delay(
      milliseconds,
      AbortSignal.any([this.#round.signal, signal]),
    );
    if (this.#round.signal.aborted) {
      this.#round = new AbortController();
    }
  }
}
