/** Well below the limit of variables in one statement of SQLite. */
const BATCH = 200;

/** A list in parts that fit into one statement. */
export function* batches<T>(items: T[], size = BATCH): Generator<T[]> {
  for (let start = 0; start < items.length; start += size) {
    yield items.slice(start, start + size);
  }
}
