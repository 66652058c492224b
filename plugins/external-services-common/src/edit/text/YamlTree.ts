import {
  EVENT_ID,
  getScalarValue,
  SCALAR_STYLE,
  type ScalarEvent,
} from 'js-yaml';
import type { UntypedObject } from '../../manifests/reading';
import { type DocumentEvents, offsetOf } from '../../yaml/DocumentEvents';
import { resolveGoScalar } from '../../yaml/goScalar';
import { NotEditableError } from './NotEditableError';
import { skipTrivia } from './textLines';

/** Where a node stands in its text; `end` is behind its last character that is not blank. */
interface Range {
  start: number;
  end: number;
}

/** How a scalar is written. */
type ScalarStyle = 'plain' | 'single' | 'double' | 'block';

/** A text, number, boolean or null. */
export interface ScalarNode extends Range {
  kind: 'scalar';
  style: ScalarStyle;
  /** Without quotes. */
  contentStart: number;
  contentEnd: number;
  /** As the API server reads it. */
  value: unknown;
}

/** One field of a mapping. */
export interface Entry {
  key: ScalarNode;
  name: string;
  colon: number;
  node: YamlNode;
}

/** A map. */
export interface MappingNode extends Range {
  kind: 'mapping';
  flow: boolean;
  entries: Entry[];
}

/** One item of a list. */
export interface Item {
  /** Offset of the dash; of the item itself in flow style. */
  dash: number;
  node: YamlNode;
}

/** A list. */
export interface SequenceNode extends Range {
  kind: 'sequence';
  flow: boolean;
  items: Item[];
}

/** A value with its place in the text. */
export type YamlNode = ScalarNode | MappingNode | SequenceNode;

class TreeBuilder {
  private next = 0;

  constructor(private readonly document: DocumentEvents) {}

  build(first: number, emptyAt: number): YamlNode {
    this.next = first;
    return this.node(emptyAt);
  }

  /** `emptyAt` is where a value stands that is not written at all. */
  private node(emptyAt: number): YamlNode {
    const { events } = this.document;
    const event = events[this.next];
    this.next += 1;
    switch (event.type) {
      case EVENT_ID.SCALAR:
        return this.scalar(event, emptyAt);
      case EVENT_ID.SEQUENCE: {
        const flow = this.text[event.start] === '[';
        return this.sequence(startWithProperties(event), event.start, flow);
      }
      case EVENT_ID.MAPPING: {
        const flow = this.text[event.start] === '{';
        return this.mapping(startWithProperties(event), event.start, flow);
      }
      default:
        throw new NotEditableError(emptyAt);
    }
  }

  private get text(): string {
    return this.document.text;
  }

  private atEnd(): boolean {
    return this.document.events[this.next].type === EVENT_ID.POP;
  }

  private scalar(event: ScalarEvent, emptyAt: number): ScalarNode {
    const value = scalarValue(this.text, event);
    if (event.valueStart < 0) {
      const at = Math.max(emptyAt, event.anchorEnd, event.tagEnd);
      return {
        kind: 'scalar',
        style: 'plain',
        start: at,
        end: at,
        contentStart: at,
        contentEnd: at,
        value,
      };
    }
    const style = styleOf(event);
    const quote = style === 'single' || style === 'double' ? 1 : 0;
    const end =
      style === 'block'
        ? trimEnd(this.text, event.valueStart, event.valueEnd)
        : event.valueEnd + quote;
    return {
      kind: 'scalar',
      style,
      start: startWithProperties({ ...event, start: offsetOf(event) }),
      end,
      contentStart: event.valueStart,
      contentEnd: style === 'block' ? end : event.valueEnd,
      value,
    };
  }

  /** `open` is the bracket, or the first dash. */
  private sequence(start: number, open: number, flow: boolean): SequenceNode {
    const items: Item[] = [];
    let at = flow ? open + 1 : open;
    while (!this.atEnd()) {
      const item = flow ? this.flowItem(at) : this.blockItem(at);
      items.push(item);
      at = item.node.end;
    }
    this.next += 1;
    const end = flow ? this.closing(at, ']') : at;
    return { kind: 'sequence', flow, start, end, items };
  }

  private flowItem(at: number): Item {
    const node = this.node(at);
    return { dash: node.start, node };
  }

  private blockItem(at: number): Item {
    const dash = skipTrivia(this.text, at);
    this.expect(dash, '-');
    return { dash, node: this.node(dash + 1) };
  }

  /** `open` is the brace, or the first key. */
  private mapping(start: number, open: number, flow: boolean): MappingNode {
    const entries: Entry[] = [];
    let at = flow ? open + 1 : open;
    while (!this.atEnd()) {
      const entry = this.entry(at);
      entries.push(entry);
      at = entry.node.end;
    }
    this.next += 1;
    const end = flow ? this.closing(at, '}') : at;
    return { kind: 'mapping', flow, start, end, entries };
  }

  private entry(at: number): Entry {
    const key = this.node(at);
    if (key.kind !== 'scalar' || key.start === key.end) {
      throw new NotEditableError(key.start);
    }
    const colon = skipTrivia(this.text, key.end);
    this.expect(colon, ':');
    return {
      key,
      name: String(key.value),
      colon,
      node: this.node(colon + 1),
    };
  }

  private closing(at: number, bracket: string): number {
    let end = skipTrivia(this.text, at);
    if (this.text[end] === ',') {
      end = skipTrivia(this.text, end + 1);
    }
    this.expect(end, bracket);
    return end + 1;
  }

  private expect(at: number, char: string): void {
    if (this.text[at] !== char) {
      throw new NotEditableError(at);
    }
  }
}

/** The document's tree. Throws NotEditableError for what has no safe place to edit. */
export function buildTree(document: DocumentEvents): YamlNode {
  return new TreeBuilder(document).build(document.first, 0);
}

/** A node begins where its anchor or tag begins. */
function startWithProperties(event: {
  start: number;
  anchorStart: number;
  tagStart: number;
}): number {
  const starts = [event.start];
  if (event.anchorStart >= 0) {
    starts.push(event.anchorStart - 1);
  }
  if (event.tagStart >= 0) {
    starts.push(event.tagStart);
  }
  return Math.min(...starts);
}

function scalarValue(source: string, event: ScalarEvent): unknown {
  const text = getScalarValue(source, event);
  const tag =
    event.tagStart < 0 ? '' : source.slice(event.tagStart, event.tagEnd);
  const isText =
    tag === ''
      ? event.style !== SCALAR_STYLE.PLAIN
      : tag === '!' || tag === '!!str';
  return isText ? text : resolveGoScalar(text);
}

function styleOf({ style }: ScalarEvent): ScalarStyle {
  switch (style) {
    case SCALAR_STYLE.SINGLE_QUOTED:
      return 'single';
    case SCALAR_STYLE.DOUBLE_QUOTED:
      return 'double';
    case SCALAR_STYLE.PLAIN:
      return 'plain';
    default:
      return 'block';
  }
}

function trimEnd(text: string, start: number, end: number): number {
  let at = end;
  while (at > start && /\s/.test(text[at - 1])) {
    at -= 1;
  }
  return at;
}

/** The node as a plain value. Of a field given twice the last counts. */
export function valueOf(node: YamlNode): unknown {
  switch (node.kind) {
    case 'scalar':
      return node.value;
    case 'sequence':
      return node.items.map(item => valueOf(item.node));
    default: {
      const entries = node.entries.map(entry => [
        entry.name,
        valueOf(entry.node),
      ]);
      return Object.fromEntries(entries) as UntypedObject;
    }
  }
}

/** The field of a mapping; of one given twice the last. */
export function entryOf(
  node: YamlNode | undefined,
  name: string,
): Entry | undefined {
  return node?.kind === 'mapping'
    ? node.entries.findLast(entry => entry.name === name)
    : undefined;
}
