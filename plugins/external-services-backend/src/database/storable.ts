/**
 * True for a text that both databases take as it is and give back the same: without NUL,
 * without half a surrogate pair, and no longer than a column or an index has room for.
 *
 * @param maxLength - in UTF-16 units
 * @internal
 */
export function isStorable(text: string, maxLength: number): boolean {
  return text.length <= maxLength && !/\0|\p{Surrogate}/u.test(text);
}

/**
 * A text made storable: cut off, and without what databases do not take.
 *
 * @internal
 */
export function storable(text: string, maxLength: number): string {
  return text.slice(0, maxLength).replace(/\0|\p{Surrogate}/gu, '\ufffd');
}
