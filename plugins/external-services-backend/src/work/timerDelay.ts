import { setTimeout as timer } from 'node:timers/promises';
import type { Delay } from './Bell';

/**
 * Waits by the clock of the machine, without keeping the process alive.
 *
 * @internal
 */
export const timerDelay: Delay = async (milliseconds, signal) => {
  await timer(milliseconds, undefined, { signal, ref: false }).catch(error => {
    if (!signal.aborted) {
      throw error;
    }
  });
};
