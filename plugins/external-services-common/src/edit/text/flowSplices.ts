import type { AddedPart, Part } from './blockSplices';
import type { Splice } from './Splice';
import {
  contentEnd,
  isFirstInLine,
  lineStart,
  nextLine,
  skipTrivia,
  startWithComments,
} from './textLines';
import type { MappingNode, SequenceNode } from './YamlTree';

/** Takes parts out of a map or list in brackets and puts others in, with their commas. */
export function flowSplices(
  text: string,
  node: MappingNode | SequenceNode,
  parts: Part[],
  added: AddedPart[],
): Splice[] {
  const lastKept = parts.findLastIndex(({ kept }) => kept);
  if (lastKept < 0) {
    const open = text.indexOf(node.kind === 'mapping' ? '{' : '[', node.start);
    const start = parts[0]?.start ?? open + 1;
    const end = parts.at(-1)?.end ?? open + 1;
    return [{ start, end, text: added.map(part => part.text).join(', ') }];
  }
  const between = separator(text, parts);
  const firstKept = parts.findIndex(({ kept }) => kept);
  return [
    ...added.flatMap(part => insertion(text, parts, part, firstKept, between)),
    ...parts.flatMap((part, index) =>
      part.kept ? [] : removal(text, parts, index, firstKept, lastKept),
    ),
  ];
}

/** What parts are parted by: a comma, and whatever blanks are used here. */
function separator(text: string, parts: Part[]): string {
  const [first, second] = parts;
  const between = second ? text.slice(first.end, second.start) : '';
  if (/^\s*,\s*$/.test(between)) {
    return between;
  }
  if (!isFirstInLine(text, first.start)) {
    return ', ';
  }
  const start = lineStart(text, first.start);
  const lineBreak = /\r?\n?$/.exec(text.slice(0, start))?.[0] ?? '';
  return `,${lineBreak}${text.slice(start, first.start)}`;
}

function insertion(
  text: string,
  parts: Part[],
  { after, text: part }: AddedPart,
  firstKept: number,
  between: string,
): Splice[] {
  if (after < 0) {
    const at = parts[firstKept].start;
    return [{ start: at, end: at, text: part + between }];
  }
  const at = parts[after].end;
  const comma = skipTrivia(text, at);
  const hasComma = text[comma] === ',';
  const restOfLine = text.slice(hasComma ? comma : at, contentEnd(text, at));
  if (!restOfLine.includes('#') || !between.includes('\n')) {
    return [{ start: at, end: at, text: between + part }];
  }
  // The comment in this line is about the part before.
  const line = nextLine(text, at);
  const isLast = after === parts.length - 1;
  const indentation = between.slice(between.lastIndexOf('\n') + 1);
  const lineBreak = between.includes('\r\n') ? '\r\n' : '\n';
  const tail = isLast && !hasComma ? '' : ',';
  return [
    ...(hasComma ? [] : [{ start: at, end: at, text: ',' }]),
    { start: line, end: line, text: indentation + part + tail + lineBreak },
  ];
}

function removal(
  text: string,
  parts: Part[],
  index: number,
  firstKept: number,
  lastKept: number,
): Splice[] {
  const { start, end } = parts[index];
  if (hasOwnLines(text, parts, index)) {
    const lines = {
      start: startWithComments(text, start),
      end: nextLine(text, end),
      text: '',
    };
    const isEnd = index === parts.length - 1;
    const comma = skipTrivia(text, parts[lastKept].end);
    return isEnd && index > lastKept && text[skipTrivia(text, end)] !== ','
      ? [{ start: comma, end: comma + 1, text: '' }, lines]
      : [lines];
  }
  return index < firstKept
    ? [{ start, end: parts[index + 1].start, text: '' }]
    : [{ start: parts[index - 1].end, end, text: '' }];
}

/** True when no other part and no bracket stands in the lines of this one. */
function hasOwnLines(text: string, parts: Part[], index: number): boolean {
  const { start, end } = parts[index];
  const rest = text.slice(end, contentEnd(text, end));
  return isFirstInLine(text, start) && /^[ \t]*,?[ \t]*(#.*)?$/.test(rest);
}
