import { setTimeout as delay } from 'node:timers/promises';

/** Options of {@link waitUntil}. */
export interface WaitOptions {
  /** What is waited for, as the end of "waited 30 s for …". */
  description: string;
  timeoutMs: number;
  /** Default: 50. */
  intervalMs?: number;
  signal?: AbortSignal;
}

/**
 * Asks until the answer is yes.
 *
 * @throws Error naming what did not happen in time; the error of `check`; the reason of the abort.
 */
export async function waitUntil(
  check: () => boolean | Promise<boolean>,
  { description, timeoutMs, intervalMs = 50, signal }: WaitOptions,
): Promise<void> {
  const deadline = Date.now() + timeoutMs;
  for (;;) {
    signal?.throwIfAborted();
    if (await check()) return;
    if (Date.now() > deadline) {
      throw new Error(`waited ${timeoutMs / 1000} s for ${description}`);
    }
    await delay(intervalMs, undefined, { signal });
  }
}
