import { setImmediate } from 'node:timers/promises';

/**
 * Ends the present turn of the event loop. The driver of SQLite answers at once, so
 * that a row of statements would otherwise be one long turn.
 *
 * @internal
 */
export async function letOthersRun(): Promise<void> {
  await setImmediate();
}
