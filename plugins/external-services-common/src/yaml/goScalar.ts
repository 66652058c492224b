function on(word: string): [string, boolean] {
  return [word, true];
}

function off(word: string): [string, boolean] {
  return [word, false];
}

function nothing(word: string): [string, null] {
  return [word, null];
}

function number(value: number): (word: string) => [string, number] {
  return word => [word, value];
}

const WORDS = new Map<string, number | boolean | null>([
  ...['y', 'Y', 'yes', 'Yes', 'YES', 'true', 'True', 'TRUE'].map(on),
  ...['on', 'On', 'ON'].map(on),
  ...['n', 'N', 'no', 'No', 'NO', 'false', 'False', 'FALSE'].map(off),
  ...['off', 'Off', 'OFF'].map(off),
  ...['', '~', 'null', 'Null', 'NULL'].map(nothing),
  ...['.nan', '.NaN', '.NAN'].map(number(NaN)),
  ...['.inf', '.Inf', '.INF', '+.inf', '+.Inf', '+.INF'].map(number(Infinity)),
  ...['-.inf', '-.Inf', '-.INF'].map(number(-Infinity)),
]);

/** By the code of its first character: 1 where an ASCII text may be a word or a number. */
const MAY_BE_OTHER = Uint8Array.from({ length: 128 }, (_, code) =>
  '-+.~0123456789fnotyFNOTY'.includes(String.fromCharCode(code)) ? 1 : 0,
);
const LONGEST_WORD = Math.max(...[...WORDS.keys()].map(word => word.length));

const ZERO = 48;
/** Digits of a number that needs no more than one addition each. */
const MAX_SMALL_DIGITS = 9;
const FLOAT = /^[-+]?(\.[0-9]+|[0-9]+(\.[0-9]*)?)([eE][-+]?[0-9]+)?$/;
const INTEGER =
  /^([-+]?)(0[xX][0-9a-fA-F]+|0[bB][01]+|0[oO]?[0-7]+|0|[1-9][0-9]*)$/;
const INT64_MIN = -(2n ** 63n);
const UINT64_MAX = 2n ** 64n - 1n;
/** Digits of 2^64 in binary, the longest notation, and room for zeros in front. */
const MAX_DIGITS = 100;

/**
 * What a plain scalar means to the API server: YAML 1.1 as Go's library reads
 * it, then through JSON, so dates stay texts and `08` is the number 8.
 * Source: `sigs.k8s.io/yaml` goyaml.v2 `resolve`.
 */
export function resolveGoScalar(
  text: string,
): string | number | boolean | null {
  if (MAY_BE_OTHER[text.charCodeAt(0)] === 0) {
    return text;
  }
  const word = text.length <= LONGEST_WORD ? WORDS.get(text) : undefined;
  if (word !== undefined) {
    return word;
  }
  const small = parseSmallInteger(text);
  if (small >= 0) {
    return small;
  }
  if (/^[-+0-9]/.test(text)) {
    const plain = text.includes('_') ? text.replaceAll('_', '') : text;
    return parseInteger(plain) ?? parseFloatStyle(plain) ?? text;
  }
  if (/^\.[0-9](_?[0-9])*([eE][-+]?[0-9]+)?$/.test(text)) {
    return Number(text.replace(/_/g, ''));
  }
  return text;
}

/** Ports and the like, which are most of all numbers; -1 for everything else. */
function parseSmallInteger(text: string): number {
  if (
    text.length > MAX_SMALL_DIGITS ||
    (text.length > 1 && text.charCodeAt(0) === ZERO)
  ) {
    return -1;
  }
  let value = 0;
  for (let i = 0; i < text.length; i++) {
    const digit = text.charCodeAt(i) - ZERO;
    if (digit < 0 || digit > 9) {
      return -1;
    }
    value = value * 10 + digit;
  }
  return value;
}

function parseInteger(text: string): number | undefined {
  const match = text.length <= MAX_DIGITS ? INTEGER.exec(text) : null;
  if (!match) {
    return undefined;
  }
  // A leading zero means octal to Go, which BigInt spells 0o.
  const digits = match[2].replace(/^0[oO]?(?=[0-7])/, '0o').toLowerCase();
  const magnitude = BigInt(digits);
  const value = match[1] === '-' ? -magnitude : magnitude;
  return value >= INT64_MIN && value <= UINT64_MAX ? Number(value) : undefined;
}

function parseFloatStyle(text: string): number | undefined {
  const value = FLOAT.test(text) ? Number(text) : NaN;
  // Go answers "out of range", and the text stays a text.
  return Number.isFinite(value) ? value : undefined;
}
