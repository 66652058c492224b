const PATIENCE_MS = 20_000;
const POLL_MS = 10;

/** Looks again until it holds, and says what is so when it never does. */
export async function eventually<T>(
  load: () => T | Promise<T>,
  holds: (value: T) => boolean,
  patienceMs = PATIENCE_MS,
): Promise<T> {
  const deadline = Date.now() + patienceMs;
  for (;;) {
    const value = await load();
    if (holds(value)) {
      return value;
    }
    if (Date.now() > deadline) {
      throw new Error(`It never came to hold: ${JSON.stringify(value)}`);
    }
    await new Promise(resolve => setTimeout(resolve, POLL_MS));
  }
}
