/** A text without line breaks, for where a line break would begin something new. */
export function oneLine(text: string): string {
  return text.replace(/\s+/g, ' ').trim();
}
