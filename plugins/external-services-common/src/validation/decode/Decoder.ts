import { isObject, type UntypedObject } from '../../manifests/reading';
import { DecodingPlace } from './DecodingPlace';
import { nearestName } from './nearestName';

/**
 * Reads a JSON value as Go's strict decoder reads it into a field: null and
 * what is missing become the zero value, other types are errors.
 * Source: apimachinery `runtime/serializer/json` with field validation Strict.
 */
export type Decoder<T> = (value: unknown, place: DecodingPlace) => T;

/** The type a decoder reads. */
export type Decoded<D> = D extends Decoder<infer T> ? T : never;

const INT32_MAX = 2147483647;
const INT32_MIN = -2147483648;
const INT64_BOUND = 2 ** 63;

function isMissing(value: unknown): value is null | undefined {
  return value === null || value === undefined;
}

function wrongType(
  place: DecodingPlace,
  expected: string,
  value: unknown,
): void {
  place.report(
    'wrong-type',
    `${place.path()} has to be ${expected}, and here it is ${describe(value)}.`,
    hintFor(expected, value),
  );
}

function describe(value: unknown): string {
  if (Array.isArray(value)) {
    return 'a list';
  }
  if (typeof value === 'object') {
    return 'a map';
  }
  return typeof value === 'string'
    ? `the text ${JSON.stringify(value)}`
    : `the ${typeof value} ${String(value)}`;
}

function hintFor(expected: string, value: unknown): string {
  const scalar = typeof value === 'boolean' || typeof value === 'number';
  if (expected === 'a text' && scalar) {
    return `Put it in quotes, as YAML takes words like on, no or 1.2 for something else: "${String(
      value,
    )}".`;
  }
  if (typeof value === 'string' && /^-?\d+$/.test(value)) {
    return `Write it without quotes: ${value}.`;
  }
  return `Write ${expected} here.`;
}

/** A text; empty when missing. */
export const text: Decoder<string> = (value, place) => {
  if (!isMissing(value) && typeof value !== 'string') {
    wrongType(place, 'a text', value);
  }
  return typeof value === 'string' ? value : '';
};

/** True or false; false when missing. */
export const bool: Decoder<boolean> = (value, place) => {
  if (!isMissing(value) && typeof value !== 'boolean') {
    wrongType(place, 'true or false', value);
  }
  return value === true;
};

/** A whole number of 32 bits; 0 when missing. */
export const int32: Decoder<number> = (value, place) => {
  if (isMissing(value)) {
    return 0;
  }
  if (
    !Number.isInteger(value) ||
    Number(value) > INT32_MAX ||
    Number(value) < INT32_MIN
  ) {
    wrongType(place, 'a whole number', value);
    return 0;
  }
  return Number(value);
};

/** A whole number of 64 bits; 0 when missing. The largest is not told apart from the next. */
export const int64: Decoder<number> = (value, place) => {
  if (isMissing(value)) {
    return 0;
  }
  if (!Number.isInteger(value) || Math.abs(Number(value)) > INT64_BOUND) {
    wrongType(place, 'a whole number', value);
    return 0;
  }
  return Number(value);
};

/** A whole number or a text; 0 when missing. Source: apimachinery `util/intstr`. */
export const intOrText: Decoder<number | string> = (value, place) =>
  typeof value === 'string' ? value : int32(value, place);

const RFC_3339 = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?(Z|[-+]\d\d:\d\d)$/;

/** A point in time as RFC 3339 text; empty when missing. */
export const time: Decoder<string> = (value, place) => {
  if (isMissing(value)) {
    return '';
  }
  const valid =
    typeof value === 'string' &&
    RFC_3339.test(value) &&
    !Number.isNaN(Date.parse(value));
  if (!valid) {
    wrongType(place, 'a time such as 2026-01-31T12:00:00Z', value);
  }
  return valid ? value : '';
};

/** Anything. */
export const anything: Decoder<unknown> = value => value;

/** Distinguishes what is missing from the zero value: a pointer in Go. */
export function optional<T>(decoder: Decoder<T>): Decoder<T | undefined> {
  return (value, place) =>
    isMissing(value) ? undefined : decoder(value, place);
}

/** A text, or undefined. */
export const optionalText = optional(text);

/** True, false, or undefined. */
export const optionalBool = optional(bool);

/** A whole number of 32 bits, or undefined. */
export const optionalInt32 = optional(int32);

/** A list; empty when missing. */
export function list<T>(decoder: Decoder<T>): Decoder<readonly T[]> {
  return (value, place) => {
    if (isMissing(value)) {
      return [];
    }
    if (!Array.isArray(value)) {
      wrongType(place, 'a list', value);
      return [];
    }
    return value.map((item, index) => {
      place.enter(index);
      const decoded = decoder(item, place);
      place.leave();
      return decoded;
    });
  };
}

/** A list of texts; empty when missing. */
export const textList = list(text);

/** A map with texts; empty when missing. */
export const texts: Decoder<ReadonlyMap<string, string>> = (value, place) => {
  const decoded = new Map<string, string>();
  const given = mapOf(value, place);
  for (const key of Object.keys(given)) {
    place.enter(key);
    decoded.set(key, text(given[key], place));
    place.leave();
  }
  return decoded;
};

/**
 * An object with these fields; others are errors, as kubectl's default has it.
 * Most fields of most objects are missing, so their zero values are made once:
 * what is decoded has to be copied before it is changed.
 */
export function struct<T extends object>(decoders: {
  [Field in keyof T]: Decoder<T[Field]>;
}): Decoder<T> {
  type Name = keyof T & string;
  const fields = Object.entries(decoders) as [Name, Decoder<T[Name]>][];
  const known = new Map<string, Decoder<T[Name]>>(fields);
  const nowhere = new DecodingPlace(() => undefined);
  const zero = Object.fromEntries(
    fields.map(([name, decoder]) => [name, decoder(undefined, nowhere)]),
  ) as T;
  return (value, place) => {
    if (isMissing(value)) {
      return zero;
    }
    const given = mapOf(value, place);
    const decoded = { ...zero };
    for (const key of Object.keys(given)) {
      const decoder = known.get(key);
      place.enter(key);
      if (decoder) {
        decoded[key as Name] = decoder(given[key], place);
      } else {
        unknownField(place, key, known);
      }
      place.leave();
    }
    return decoded;
  };
}

function unknownField(
  place: DecodingPlace,
  key: string,
  known: ReadonlyMap<string, unknown>,
): void {
  place.report(
    'unknown-field',
    `Kubernetes does not know the field ${place.path()}.`,
    () => {
      const nearest = nearestName(key, [...known.keys()]);
      return nearest
        ? `Did you mean ${nearest}?`
        : 'Remove it, or move it to its place.';
    },
  );
}

const NOTHING: UntypedObject = {};

function mapOf(value: unknown, place: DecodingPlace): UntypedObject {
  if (isObject(value)) {
    return value;
  }
  if (!isMissing(value)) {
    wrongType(place, 'a map', value);
  }
  return NOTHING;
}
