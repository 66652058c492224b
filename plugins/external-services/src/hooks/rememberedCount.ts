const PREFIX = 'external-services:count:';
const DEFAULT_COUNT = 2;
const MAX_COUNT = 5;

/** How many services an entity had when this browser saw it last; else two. */
export function rememberedCount(entityRef: string): number {
  try {
    const count = Number(localStorage.getItem(PREFIX + entityRef));
    return count > 0 ? Math.min(count, MAX_COUNT) : DEFAULT_COUNT;
  } catch {
    // Storage may be switched off; the skeleton is then of the usual size.
    return DEFAULT_COUNT;
  }
}

/** Remembers it for the next skeleton; undefined forgets it. */
export function rememberCount(entityRef: string, count: number | undefined) {
  try {
    if (count === undefined) {
      localStorage.removeItem(PREFIX + entityRef);
    } else {
      localStorage.setItem(PREFIX + entityRef, String(count));
    }
  } catch {
    // Storage may be full or switched off; nothing depends on it.
  }
}
