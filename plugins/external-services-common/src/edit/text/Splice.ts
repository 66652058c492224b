import { NotEditableError } from './NotEditableError';

/** A piece of text that takes the place of another. */
export interface Splice {
  start: number;
  end: number;
  text: string;
}

/** Applies splices to the text they refer to; of several at one place the first comes first. */
export function applySplices(text: string, splices: Splice[]): string {
  const sorted = splices
    .map((splice, order) => ({ ...splice, order }))
    .sort((a, b) => a.start - b.start || a.end - b.end || a.order - b.order);
  const parts: string[] = [];
  let at = 0;
  for (const splice of sorted) {
    if (splice.start < at) {
      throw new NotEditableError(splice.start);
    }
    parts.push(text.slice(at, splice.start), splice.text);
    at = splice.end;
  }
  parts.push(text.slice(at));
  return parts.join('');
}
