const LINE_BREAK = 10;
const SPACE = 32;
const COMMA = 44;
const HYPHEN = 45;
const OPENING_BRACKET = 91;
const OPENING_BRACE = 123;

/**
 * Lines of a text, and what stands between commas and brackets or behind a
 * second hyphen in a line: no text has many more nodes than this, and none has
 * more of them than characters, one aside. Counted before a text is parsed, so
 * that parsing it takes no longer than it may.
 */
export function countEntries(text: string): number {
  let entries = 1;
  for (let i = 0; i < text.length; i++) {
    const code = text.charCodeAt(i);
    if (
      code === LINE_BREAK ||
      code === COMMA ||
      code === OPENING_BRACKET ||
      code === OPENING_BRACE ||
      (code === HYPHEN &&
        text.charCodeAt(i - 1) === SPACE &&
        text.charCodeAt(i - 2) === HYPHEN)
    ) {
      entries += 1;
    }
  }
  return entries;
}
