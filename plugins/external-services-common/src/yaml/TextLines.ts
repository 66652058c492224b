import type { Position } from '../manifests/ManifestObject';

/** Turns offsets of a text into lines and columns. */
export class TextLines {
  private starts: number[] | undefined;

  constructor(private readonly text: string) {}

  /** Lines and columns start at 1. */
  positionAt(offset: number): Position {
    this.starts ??= lineStarts(this.text);
    let low = 0;
    let high = this.starts.length - 1;
    while (low < high) {
      const middle = Math.ceil((low + high) / 2);
      if (this.starts[middle] <= offset) {
        low = middle;
      } else {
        high = middle - 1;
      }
    }
    return { line: low + 1, column: offset - this.starts[low] + 1 };
  }
}

function lineStarts(text: string): number[] {
  const starts = [0];
  // Few texts have other line ends, and this is many times as fast.
  if (!text.includes('\r')) {
    let end = text.indexOf('\n');
    while (end >= 0) {
      starts.push(end + 1);
      end = text.indexOf('\n', end + 1);
    }
    return starts;
  }
  for (const lineBreak of text.matchAll(/\r\n|\r|\n/g)) {
    starts.push(lineBreak.index + lineBreak[0].length);
  }
  return starts;
}
