import { NotEditableError } from './NotEditableError';
import type { Splice } from './Splice';
import {
  columnOf,
  isFirstInLine,
  nextLine,
  startWithComments,
} from './textLines';

/** A field of a map, or an item of a list with its dash. */
export interface Part {
  start: number;
  end: number;
  kept: boolean;
}

/** A new part, without indentation of its first line. */
export interface AddedPart {
  /** Index of the part it follows; -1 for the first place. */
  after: number;
  text: string;
}

/**
 * Takes parts out of a map or list in block style and puts others in. A part
 * goes with its lines and with the comments directly above and beside it; a new
 * one has lines of its own.
 */
export function blockSplices(
  text: string,
  parts: Part[],
  added: AddedPart[],
  newline: string,
): Splice[] {
  const [first] = parts;
  const indentation = ' '.repeat(columnOf(text, first.start));
  const startsInline = !isFirstInLine(text, first.start);
  const insertions = added.map(({ after, text: part }): Splice => {
    if (after < 0 && startsInline) {
      const whole = part + newline + indentation;
      return { start: first.start, end: first.start, text: whole };
    }
    const at =
      after < 0
        ? startWithComments(text, first.start)
        : nextLine(text, parts[after].end);
    return { start: at, end: at, text: indentation + part + newline };
  });
  return [...insertions, ...removals(text, parts, startsInline)];
}

function removals(
  text: string,
  parts: Part[],
  startsInline: boolean,
): Splice[] {
  const firstKept = parts.findIndex(({ kept }) => kept);
  const inline = startsInline && firstKept !== 0;
  if (inline && firstKept < 0) {
    // What stands before the first part in its line would have nothing behind it.
    throw new NotEditableError(parts[0].start);
  }
  const rest = inline ? parts.slice(firstKept) : parts;
  const lines = rest
    .filter(({ kept }) => !kept)
    .map(({ start, end }) => ({
      start: startWithComments(text, start),
      end: nextLine(text, end),
      text: '',
    }));
  return inline
    ? [upToNext(text, parts[0], parts[firstKept - 1]), ...lines]
    : lines;
}

/** From a part that does not begin its line to what follows the last part that goes with it. */
function upToNext(text: string, first: Part, last: Part): Splice {
  let end = nextLine(text, last.end);
  while (text[end] === ' ') {
    end += 1;
  }
  return { start: first.start, end, text: '' };
}
