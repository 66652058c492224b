/**
 * Templates may hand a number over as text; an empty text is none.
 *
 * @internal
 */
export function numberOf(
  value: number | string | undefined,
): number | undefined {
  const text = String(value ?? '').trim();
  return text === '' ? undefined : Number(text);
}
