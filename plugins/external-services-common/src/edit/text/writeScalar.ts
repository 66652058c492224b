import { dump } from 'js-yaml';
import { GO_DUMP_SCHEMA } from '../../yaml/goDumpSchema';
import { resolveGoScalar } from '../../yaml/goScalar';
import type { TextStyle } from './TextStyle';
import type { ScalarNode } from './YamlTree';

/** A text that can stand without quotes anywhere, once YAML 1.1 takes it for a text. */
const PLAIN = /^[A-Za-z0-9_./][-A-Za-z0-9_./@+=]*$/;
/** Colons are safe inside a text, but not for every reader within brackets. */
const PLAIN_WITH_COLONS =
  /^[A-Za-z0-9_./][-A-Za-z0-9_./@+=:]*[-A-Za-z0-9_./@+=]$/;

/** Where a scalar is written. */
interface ScalarPlace {
  style: TextStyle;
  inFlow: boolean;
  /** A scalar whose quotes are followed. Default: none, quotes only where YAML needs them. */
  like?: ScalarNode;
  /** That scalar as it is written. */
  likeText?: string;
}

/** A scalar in the style of its place, so that the API server reads this very value. */
export function writeScalar(value: unknown, place: ScalarPlace): string {
  if (typeof value !== 'string') {
    return String(value ?? null);
  }
  const { style, like } = place;
  switch (like?.style) {
    case 'single':
      return quoted(value, 'single');
    case 'double':
      return quoted(value, 'double');
    default:
      return isPlain(value, place)
        ? value
        : quoted(value, style.quotedKeys ? 'double' : style.quote);
  }
}

function isPlain(
  value: string,
  { style, inFlow, like, likeText }: ScalarPlace,
): boolean {
  // What others in JSON quote is quoted, unless it replaces something that is not.
  if (style.quotedKeys && !like) {
    return false;
  }
  const colons = !inFlow || (likeText?.includes(':') ?? false);
  const isSimple =
    (colons ? PLAIN_WITH_COLONS : PLAIN).test(value) &&
    resolveGoScalar(value) === value &&
    !/^(---|\.\.\.)/.test(value);
  return isSimple || (!inFlow && isDumpedPlain(value));
}

/** Other texts are quoted where they are in our own files. */
function isDumpedPlain(value: string): boolean {
  return (
    value !== '' &&
    dump(value, { schema: GO_DUMP_SCHEMA, lineWidth: -1 }) === `${value}\n`
  );
}

function quoted(value: string, quote: 'single' | 'double'): string {
  // Only double quotes can hold what is not printed.
  return quote === 'single' && /^[\x20-\x7e]*$/.test(value)
    ? `'${value.replace(/'/g, "''")}'`
    : JSON.stringify(value);
}
