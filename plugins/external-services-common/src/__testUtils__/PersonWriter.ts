import { resolveGoScalar } from '../yaml/goScalar';

/** Numbers from 0 to below 1, the same for the same seed. */
export function randomNumbers(seed: number): () => number {
  let state = seed;
  return () => {
    // mulberry32
    state = (state + 0x6d2b79f5) % 2 ** 32;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

/** How a person writes. */
export interface Handwriting {
  newline: '\n' | '\r\n' | 'mixed';
  /** Chance of a comment or blank line anywhere. */
  comments: number;
  /** Chance of brackets where lines would do. */
  brackets: number;
  /** Chance of quotes where none are needed. */
  quotes: number;
  /** Keys that stand alone with their text, as the product writes them. */
  quiet?: string[];
}

const COMMENTS = [
  'the vendor moves it in May',
  'ask team-payments: {see wiki}',
  '- addresses: [203.0.113.9]',
  "don't touch",
  '---',
  'größe "egal" #2',
];

/** Writes values as people do: no two of them the same way, and none of them wrong. */
export class PersonWriter {
  private readonly indent: number;
  private readonly listIndent: number;
  private readonly gap: number;

  constructor(
    private readonly random: () => number,
    private readonly hand: Handwriting,
  ) {
    this.indent = this.pick([2, 2, 2, 4, 3, 1]);
    this.listIndent = this.pick([0, 0, 2, 2, 3]);
    this.gap = this.pick([2, 2, 2, 3, 4]);
  }

  /** A document in lines, with a line break behind each. */
  document(value: object): string {
    return this.lines(this.mapping(value, 0, true));
  }

  /** Lines with their line breaks. */
  lines(lines: string[]): string {
    return lines.map(line => line + this.newline()).join('');
  }

  /** True that often. */
  chance(share: number): boolean {
    return this.random() < share;
  }

  /** One of several. */
  pick<T>(values: readonly T[]): T {
    return values[Math.floor(this.random() * values.length)];
  }

  /** Lines that say nothing. */
  filler(column: number): string[] {
    if (!this.chance(this.hand.comments)) {
      return [];
    }
    const comment = `${' '.repeat(column)}# ${this.pick(COMMENTS)}`;
    return this.pick([[comment], [''], [comment, ''], ['', comment, comment]]);
  }

  private mapping(value: object, column: number, leading: boolean): string[] {
    return Object.entries(value).flatMap(([key, item], index) => {
      const quiet = this.hand.quiet?.includes(key) ?? false;
      const before =
        (index === 0 && !leading) || quiet ? [] : this.filler(column);
      return [...before, ...this.entry(key, item, column, quiet)];
    });
  }

  private entry(
    key: string,
    value: unknown,
    column: number,
    quiet: boolean,
  ): string[] {
    if (quiet) {
      return [`${' '.repeat(column)}${key}: ${value}`];
    }
    const start = `${' '.repeat(column)}${this.key(key)}:`;
    const end = this.beside();
    if (!isCollection(value) || this.isInBrackets(value)) {
      const space = this.pick([' ', ' ', '  ']);
      return [start + space + this.flow(value) + end];
    }
    return [start + end, ...this.block(value, column)];
  }

  private block(value: object, column: number): string[] {
    if (!Array.isArray(value)) {
      return this.mapping(value, column + this.indent, true);
    }
    const dash = column + this.listIndent;
    return value.flatMap(item => [
      ...this.filler(dash),
      ...this.item(item, dash),
    ]);
  }

  private item(value: unknown, column: number): string[] {
    const dash = `${' '.repeat(column)}-${' '.repeat(this.gap - 1)}`;
    const isMap = isCollection(value) && !Array.isArray(value);
    if (!isMap || this.isInBrackets(value)) {
      return [dash + this.flow(value) + this.beside()];
    }
    const [first, ...rest] = this.mapping(value, column + this.gap, false);
    return [dash + first.trimStart(), ...rest];
  }

  private isInBrackets(value: object): boolean {
    return (
      Object.keys(value).length === 0 ||
      (!this.holdsQuiet(value) && this.chance(this.hand.brackets))
    );
  }

  private holdsQuiet(value: object): boolean {
    return Object.entries(value).some(
      ([key, item]) =>
        this.hand.quiet?.includes(key) ||
        (isCollection(item) && this.holdsQuiet(item)),
    );
  }

  private flow(value: unknown, inside = false): string {
    const padding = this.pick(['', '', ' ']);
    const comma = this.pick([', ', ', ', ',  ']);
    if (Array.isArray(value)) {
      const items = value.map(item => this.flow(item, true)).join(comma);
      return `[${padding}${items}${padding}]`;
    }
    if (isCollection(value)) {
      const items = Object.entries(value)
        .map(([key, item]) => `${this.key(key)}: ${this.flow(item, true)}`)
        .join(comma);
      return `{${padding}${items}${padding}}`;
    }
    return this.scalar(value, inside);
  }

  private key(name: string): string {
    return this.scalar(name, true);
  }

  private scalar(value: unknown, inside: boolean): string {
    if (typeof value !== 'string') {
      return String(value);
    }
    const safe = inside ? /^[\w./][-\w./@]*$/ : /^[\w./][-\w./@:]*[-\w./]$/;
    const isPlain = safe.test(value) && resolveGoScalar(value) === value;
    if (isPlain && !this.chance(this.hand.quotes)) {
      return value;
    }
    return this.chance(0.5) && /^[\x20-\x7e]*$/.test(value)
      ? `'${value.replace(/'/g, "''")}'`
      : JSON.stringify(value);
  }

  private beside(): string {
    return this.chance(this.hand.comments)
      ? `${this.pick([' ', '   '])}# ${this.pick(COMMENTS)}`
      : '';
  }

  /** A line break of this file. */
  newline(): string {
    return this.hand.newline === 'mixed'
      ? this.pick(['\n', '\r\n'])
      : this.hand.newline;
  }
}

function isCollection(value: unknown): value is object {
  return typeof value === 'object' && value !== null;
}
