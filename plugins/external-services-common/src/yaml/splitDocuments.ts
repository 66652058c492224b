/** One document of a text. */
export interface DocumentText {
  text: string;
  /** Offset of `text` in the whole. */
  start: number;
}

/**
 * Splits at lines that begin with `---`, as kubectl does before it parses
 * anything, so that one broken document leaves the others readable.
 */
export function splitDocuments(text: string): DocumentText[] {
  const separator = /^---(?=\s|$)/gm;
  const starts = [0];
  for (const match of text.matchAll(separator)) {
    if (match.index > 0) {
      starts.push(match.index);
    }
  }
  return starts
    .map((start, index) => ({
      text: text.slice(start, starts[index + 1]),
      start,
    }))
    .filter(document => hasContent(document.text));
}

/** False for nothing but markers, comments and directives. */
function hasContent(text: string): boolean {
  return /^(?!---[ \t]*(#|\r?$)|\.\.\.[ \t]*\r?$|[ \t]*(#|\r?$)|%)./m.test(
    text,
  );
}
