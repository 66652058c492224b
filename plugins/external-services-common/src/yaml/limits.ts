/**
 * Longest text that is read, in UTF-16 units: what is read well within 50 ms,
 * the longest the event loop may be blocked.
 *
 * @public
 */
export const MAX_FILE_LENGTH = 256 * 1024;

/**
 * Most documents of a file that are read.
 *
 * @public
 */
export const MAX_DOCUMENTS = 1000;

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
