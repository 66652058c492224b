import { isObject, type UntypedObject } from '../../manifests/reading';
import type { TextStyle } from './TextStyle';
import { writeScalar } from './writeScalar';
import { entryOf, type YamlNode } from './YamlTree';

/**
 * Writes new values into a text, in its style. `like` is a neighbour whose
 * style is followed: brackets where it has brackets, quotes where it has quotes.
 */
export class YamlWriter {
  constructor(
    private readonly text: string,
    private readonly style: TextStyle,
  ) {}

  /** A whole document, without the line break at its end. */
  document(value: UntypedObject): string {
    return this.block(value, 0);
  }

  /** `key: value` whose key stands at `column`; the first line without indentation. */
  entry(key: string, value: unknown, column: number, like?: YamlNode): string {
    const name = this.key(key);
    if (!isBlock(value, like)) {
      return `${name}: ${this.flow(value, column, like)}`;
    }
    const inner = Array.isArray(value)
      ? column + (this.style.indentLists ? this.style.indent : 0)
      : column + this.style.indent;
    return `${name}:${this.lineAt(inner)}${this.block(value, inner, like)}`;
  }

  /** `- value` whose dash stands at `column`, the value `gap` behind it. */
  item(value: unknown, column: number, gap: number, like?: YamlNode): string {
    const dash = `-${' '.repeat(gap - 1)}`;
    return isBlock(value, like)
      ? dash + this.block(value, column + gap, like)
      : dash + this.flow(value, column, like);
  }

  /** A value that stands within brackets itself. */
  inFlow(value: unknown, column: number, like?: YamlNode): string {
    return this.flow(value, column, like, true);
  }

  private flow(
    value: unknown,
    column: number,
    like?: YamlNode,
    inFlow = false,
  ): string {
    if (Array.isArray(value)) {
      const sibling =
        like?.kind === 'sequence' ? like.items[0]?.node : undefined;
      return this.brackets(
        '[]',
        value,
        column,
        like,
        inner => item => this.inFlow(item, inner, sibling),
      );
    }
    if (isObject(value)) {
      return this.brackets(
        '{}',
        Object.entries(value),
        column,
        like,
        inner =>
          ([key, item]) =>
            `${this.key(key)}: ${this.inFlow(
              item,
              inner,
              entryOf(like, key)?.node,
            )}`,
      );
    }
    return this.scalar(value, inFlow, like);
  }

  /** A scalar, quoted as its neighbour is. */
  scalar(value: unknown, inFlow: boolean, like?: YamlNode): string {
    return writeScalar(value, {
      style: this.style,
      inFlow,
      ...(like?.kind === 'scalar' && {
        like,
        likeText: this.text.slice(like.contentStart, like.contentEnd),
      }),
    });
  }

  /** A key, quoted where the others are. */
  key(name: string): string {
    return this.style.quotedKeys
      ? JSON.stringify(name)
      : this.scalar(name, false);
  }

  get newline(): string {
    return this.style.newline;
  }

  /** A line break, and spaces up to `column`. */
  private lineAt(column: number): string {
    return this.style.newline + ' '.repeat(column);
  }

  private block(value: unknown, column: number, like?: YamlNode): string {
    if (Array.isArray(value)) {
      const sibling =
        like?.kind === 'sequence' ? like.items[0]?.node : undefined;
      return value
        .map(item => this.item(item, column, 2, sibling))
        .join(this.lineAt(column));
    }
    return Object.entries(value as UntypedObject)
      .map(([key, item]) =>
        this.entry(key, item, column, entryOf(like, key)?.node),
      )
      .join(this.lineAt(column));
  }

  private brackets<T>(
    [open, close]: string,
    values: T[],
    column: number,
    like: YamlNode | undefined,
    write: (column: number) => (value: T) => string,
  ): string {
    const source = like ? this.text.slice(like.start, like.end) : '';
    if (values.length === 0) {
      return open + close;
    }
    if (/^[[{]\s*[\r\n]/.test(source)) {
      const inner = column + this.style.indent;
      const lines = values.map(write(inner)).join(`,${this.lineAt(inner)}`);
      return open + this.lineAt(inner) + lines + this.lineAt(column) + close;
    }
    const padding = /^[[{] /.test(source) ? ' ' : '';
    return (
      open + padding + values.map(write(column)).join(', ') + padding + close
    );
  }
}

/** Whether a value is written in lines of its own. */
function isBlock(value: unknown, like?: YamlNode): boolean {
  const holds = Array.isArray(value)
    ? value.length > 0
    : isObject(value) && Object.keys(value).length > 0;
  return holds && !(like && like.kind !== 'scalar' && like.flow);
}
