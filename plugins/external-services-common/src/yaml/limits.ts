/**
 * Longest text that is read, in UTF-16 units: what is read well within 50 ms,
 * the longest the event loop may be blocked.
 *
 * @public
 */
export const MAX_FILE_LENGTH = 256 * 1024;

/**
 * Most entries of a file that is read: lines, and what stands between commas
 * and brackets in a line. It is they that take time, not their length.
 *
 * @public
 */
export const MAX_ENTRIES = 10_000;

/**
 * Most documents of a file that are read.
 *
 * @public
 */
export const MAX_DOCUMENTS = 1000;

/**
 * Most documents of a file that are found to be broken.
 *
 * @public
 */
export const MAX_BROKEN_DOCUMENTS = 100;

/**
 * Deepest nesting that is read; a manifest has about ten levels.
 *
 * @public
 */
export const MAX_DEPTH = 100;

/**
 * Most keys of one map that are read.
 *
 * @public
 */
export const MAX_KEYS_PER_MAP = 1000;
