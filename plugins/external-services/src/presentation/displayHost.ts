/**
 * Decodes the labels of an international host name for the eye, for example
 * `xn--bcher-kva.example` to `bücher.example`. A label that cannot be decoded,
 * or that no browser would encode like this, stays as it is: the page then shows
 * what DNS is really asked.
 */
export function displayHost(host: string): string {
  return host
    .split('.')
    .map(label => (label.startsWith('xn--') ? decodedLabel(label) : label))
    .join('.');
}

/** Letters with their marks, digits and pictures; nothing that could pass for a separator. */
const READABLE = /^[-\p{L}\p{M}\p{N}\p{Extended_Pictographic}]+$/u;

function decodedLabel(label: string): string {
  const decoded = decodeLabel(label.slice(4));
  try {
    // Or `xn--google-` would look like `google`, and a hidden character like nothing.
    return decoded &&
      READABLE.test(decoded) &&
      new URL(`http://${decoded}`).host === label
      ? decoded
      : label;
  } catch {
    return label;
  }
}

// The parameters of Punycode, RFC 3492 section 5.
const BASE = 36;
const T_MIN = 1;
const T_MAX = 26;
const SKEW = 38;
const DAMP = 700;
const INITIAL_BIAS = 72;
const INITIAL_CODE_POINT = 128;
const LAST_CODE_POINT = 0x10ffff;

/** RFC 3492 section 6.2; undefined when the input is not Punycode. */
function decodeLabel(label: string): string | undefined {
  const delimiter = label.lastIndexOf('-');
  const output = Array.from(label.slice(0, Math.max(delimiter, 0)), char =>
    char.charCodeAt(0),
  );
  let codePoint = INITIAL_CODE_POINT;
  let bias = INITIAL_BIAS;
  let index = 0;
  let position = delimiter + 1;
  while (position < label.length) {
    const start = index;
    for (let weight = 1, k = BASE; ; k += BASE) {
      const digit = Number.parseInt(
        digitToBase36(label[position++] ?? ''),
        BASE,
      );
      if (Number.isNaN(digit)) return undefined;
      index += digit * weight;
      const threshold = Math.min(Math.max(k - bias, T_MIN), T_MAX);
      if (digit < threshold) break;
      weight *= BASE - threshold;
    }
    const length = output.length + 1;
    bias = adapt(index - start, length, start === 0);
    codePoint += Math.floor(index / length);
    if (codePoint > LAST_CODE_POINT) return undefined;
    index %= length;
    output.splice(index++, 0, codePoint);
  }
  return String.fromCodePoint(...output);
}

/** Punycode counts a to z before 0 to 9; `parseInt` counts the other way round. */
function digitToBase36(char: string): string {
  if (/^[a-z]$/i.test(char)) {
    return (char.toLowerCase().charCodeAt(0) - 97).toString(BASE);
  }
  return /^[0-9]$/.test(char) ? (Number(char) + 26).toString(BASE) : '';
}

/** RFC 3492 section 6.1. */
function adapt(delta: number, length: number, first: boolean): number {
  let rest = first ? Math.floor(delta / DAMP) : delta >> 1;
  rest += Math.floor(rest / length);
  let k = 0;
  while (rest > ((BASE - T_MIN) * T_MAX) >> 1) {
    rest = Math.floor(rest / (BASE - T_MIN));
    k += BASE;
  }
  return k + Math.floor(((BASE - T_MIN + 1) * rest) / (rest + SKEW));
}
