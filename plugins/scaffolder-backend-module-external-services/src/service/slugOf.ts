/**
 * Lower-case letters and digits of a text, with hyphens for what is between them.
 *
 * @internal
 */
export function slugOf(text: string, maxLength: number): string {
  return text
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '-')
    .slice(0, maxLength)
    .replace(/^-+|-+$/g, '');
}
