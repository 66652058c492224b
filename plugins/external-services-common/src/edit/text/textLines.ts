/** The first offset from `at` on that is neither blank nor comment. */
export function skipTrivia(text: string, at: number): number {
  let next = at;
  for (;;) {
    const char = text[next];
    if (
      char === ' ' ||
      char === '\t' ||
      char === '\r' ||
      char === '\n' ||
      char === '\ufeff'
    ) {
      next += 1;
    } else if (char === '#') {
      next = contentEnd(text, next);
    } else {
      return next;
    }
  }
}

/** Where the line of `at` begins. */
export function lineStart(text: string, at: number): number {
  let start = at;
  while (start > 0 && text[start - 1] !== '\n' && text[start - 1] !== '\r') {
    start -= 1;
  }
  return start;
}

/** Where the line of `at` ends, before its line break. */
export function contentEnd(text: string, at: number): number {
  let end = at;
  while (end < text.length && text[end] !== '\n' && text[end] !== '\r') {
    end += 1;
  }
  return end;
}

/** Where the line after that of `at` begins; the end of the text when there is none. */
export function nextLine(text: string, at: number): number {
  const end = contentEnd(text, at);
  return end + breakLength(text, end);
}

/** Length of the line break at `at`. */
function breakLength(text: string, at: number): number {
  if (text[at] === '\r' && text[at + 1] === '\n') {
    return 2;
  }
  return at < text.length ? 1 : 0;
}

/** True when nothing but blanks stands before `at` in its line. */
export function isFirstInLine(text: string, at: number): boolean {
  return /^\ufeff?[ \t]*$/.test(text.slice(lineStart(text, at), at));
}

/** Characters before `at` in its line. */
export function columnOf(text: string, at: number): number {
  const start = lineStart(text, at);
  return at - start - (text[start] === '\ufeff' ? 1 : 0);
}

/** The line break in use around `at`: the one before it, else the first one after it. */
export function lineBreakNear(text: string, at: number): string {
  const before = text.lastIndexOf('\n', at - 1);
  const found = at > 0 && before >= 0 ? before : text.indexOf('\n', at);
  return found > 0 && text[found - 1] === '\r' ? '\r\n' : '\n';
}

/**
 * Where the comments begin that stand directly above the line of `at` at the
 * same indentation and so belong to it; else where that line begins.
 */
export function startWithComments(text: string, at: number): number {
  const column = columnOf(text, at);
  let start = lineStart(text, at);
  while (start > 0) {
    const above = lineStart(text, endOfLineAbove(text, start));
    const line = text.slice(above, start);
    if (!/^[ \t]*#/.test(line) || line.indexOf('#') !== column) {
      break;
    }
    start = above;
  }
  return start;
}

function endOfLineAbove(text: string, start: number): number {
  return text[start - 1] === '\n' && text[start - 2] === '\r'
    ? start - 2
    : start - 1;
}

/** True when the text ends with a line break. */
export function endsWithBreak(text: string): boolean {
  return text.endsWith('\n') || text.endsWith('\r');
}
