/** One document of a text. */
export interface DocumentText {
  text: string;
  /** Offset of `text` in the whole. */
  start: number;
}

/** A line that begins a document, as kubectl sees it. */
const SEPARATOR = /^---(?=\s|$)/gm;
/** Without the end of its line. */
const SEPARATOR_LENGTH = 3;

/**
 * Splits at lines that begin with `---`, as kubectl does before it parses
 * anything, so that one broken document leaves the others readable. Documents
 * of nothing but comments and directives are left out.
 */
export function splitDocuments(text: string): DocumentText[] {
  return cutAtSeparators(text).filter(document => hasContent(document.text));
}

/** The whole text in pieces that begin with a separator, except for the first; pieces without content included. */
export function cutAtSeparators(text: string): DocumentText[] {
  const starts = [0];
  for (const { index } of text.matchAll(SEPARATOR)) {
    if (index > 0) {
      starts.push(index);
    }
  }
  return starts.map((start, i) => ({
    text: text.slice(start, starts[i + 1]),
    start,
  }));
}

/** Offset of the document with that index, counted by separators; undefined when there are fewer. */
export function documentStart(text: string, index: number): number | undefined {
  if (text.length < index * SEPARATOR_LENGTH) {
    return undefined;
  }
  let count = 0;
  for (const match of text.matchAll(SEPARATOR)) {
    count += match.index > 0 ? 1 : 0;
    if (count === index) {
      return match.index;
    }
  }
  return undefined;
}

/** False for nothing but markers, comments and directives. */
export function hasContent(text: string): boolean {
  return /^(?!---[ \t]*(#|\r?$)|\.\.\.[ \t]*\r?$|[ \t]*(#|\r?$)|%)./m.test(
    text,
  );
}
