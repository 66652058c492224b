import { isObject, type UntypedObject } from '../../manifests/reading';
import { childPath, itemPath } from '../fieldPath';
import type { ReportAt } from '../Problem';
import { nearestName } from './nearestName';

/**
 * Reads a JSON value as Go's strict decoder reads it into a field: null and
 * what is missing become the zero value, other types are errors.
 * Source: apimachinery `runtime/serializer/json` with field validation Strict.
 */
export type Decoder<T> = (value: unknown, path: string, report: ReportAt) => T;

/** For those who have been told of the problems before. */
export const ignore: ReportAt = () => undefined;

/** The type a decoder reads. */
export type Decoded<D> = D extends Decoder<infer T> ? T : never;

const INT32_MAX = 2147483647;
const INT32_MIN = -2147483648;
const INT64_BOUND = 2 ** 63;

function isMissing(value: unknown): value is null | undefined {
  return value === null || value === undefined;
}

function wrongType(
  report: ReportAt,
  path: string,
  expected: string,
  value: unknown,
): void {
  report(
    'wrong-type',
    path,
    `${path} has to be ${expected}, and here it is ${describe(value)}.`,
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
export const text: Decoder<string> = (value, path, report) => {
  if (!isMissing(value) && typeof value !== 'string') {
    wrongType(report, path, 'a text', value);
  }
  return typeof value === 'string' ? value : '';
};

/** True or false; false when missing. */
export const bool: Decoder<boolean> = (value, path, report) => {
  if (!isMissing(value) && typeof value !== 'boolean') {
    wrongType(report, path, 'true or false', value);
  }
  return value === true;
};

/** A whole number of 32 bits; 0 when missing. */
export const int32: Decoder<number> = (value, path, report) => {
  if (isMissing(value)) {
    return 0;
  }
  if (
    !Number.isInteger(value) ||
    Number(value) > INT32_MAX ||
    Number(value) < INT32_MIN
  ) {
    wrongType(report, path, 'a whole number', value);
    return 0;
  }
  return Number(value);
};

/** A whole number of 64 bits; 0 when missing. The largest is not told apart from the next. */
export const int64: Decoder<number> = (value, path, report) => {
  if (isMissing(value)) {
    return 0;
  }
  if (!Number.isInteger(value) || Math.abs(Number(value)) > INT64_BOUND) {
    wrongType(report, path, 'a whole number', value);
    return 0;
  }
  return Number(value);
};

/** A whole number or a text; 0 when missing. Source: apimachinery `util/intstr`. */
export const intOrText: Decoder<number | string> = (value, path, report) =>
  typeof value === 'string' ? value : int32(value, path, report);

const RFC_3339 = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?(Z|[-+]\d\d:\d\d)$/;

/** A point in time as RFC 3339 text; empty when missing. */
export const time: Decoder<string> = (value, path, report) => {
  if (isMissing(value)) {
    return '';
  }
  const valid =
    typeof value === 'string' &&
    RFC_3339.test(value) &&
    !Number.isNaN(Date.parse(value));
  if (!valid) {
    wrongType(report, path, 'a time such as 2026-01-31T12:00:00Z', value);
  }
  return valid ? value : '';
};

/** Anything. */
export const anything: Decoder<unknown> = value => value;

/** Distinguishes what is missing from the zero value: a pointer in Go. */
export function optional<T>(decoder: Decoder<T>): Decoder<T | undefined> {
  return (value, path, report) =>
    isMissing(value) ? undefined : decoder(value, path, report);
}

/** A text, or undefined. */
export const optionalText = optional(text);

/** True, false, or undefined. */
export const optionalBool = optional(bool);

/** A whole number of 32 bits, or undefined. */
export const optionalInt32 = optional(int32);

/** A list; empty when missing. */
export function list<T>(decoder: Decoder<T>): Decoder<readonly T[]> {
  return (value, path, report) => {
    if (!isMissing(value) && !Array.isArray(value)) {
      wrongType(report, path, 'a list', value);
    }
    return Array.isArray(value)
      ? value.map((item, index) => decoder(item, itemPath(path, index), report))
      : [];
  };
}

/** A list of texts; empty when missing. */
export const textList = list(text);

/** A map with texts; empty when missing. */
export const texts: Decoder<ReadonlyMap<string, string>> = (
  value,
  path,
  report,
) => {
  const decoded = new Map<string, string>();
  const given = mapOf(value, path, report);
  for (const key of Object.keys(given)) {
    decoded.set(key, text(given[key], childPath(path, key), report));
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
  const known = new Set<string>(fields.map(([name]) => name));
  const zero = Object.fromEntries(
    fields.map(([name, decoder]) => [name, decoder(undefined, '', ignore)]),
  ) as T;
  return (value, path, report) => {
    if (isMissing(value)) {
      return zero;
    }
    const given = mapOf(value, path, report);
    for (const key of Object.keys(given)) {
      if (!known.has(key)) {
        unknownField(report, path, key, known);
      }
    }
    const decoded = { ...zero };
    for (const [name, decoder] of fields) {
      const item = given[name];
      if (item !== undefined) {
        decoded[name] = decoder(item, childPath(path, name), report);
      }
    }
    return decoded;
  };
}

function unknownField(
  report: ReportAt,
  path: string,
  key: string,
  known: Set<string>,
): void {
  report(
    'unknown-field',
    childPath(path, key),
    `Kubernetes does not know the field ${childPath(path, key)}.`,
    () => {
      const nearest = nearestName(key, [...known]);
      return nearest
        ? `Did you mean ${nearest}?`
        : 'Remove it, or move it to its place.';
    },
  );
}

const NOTHING: UntypedObject = {};

function mapOf(value: unknown, path: string, report: ReportAt): UntypedObject {
  if (!isMissing(value) && !isObject(value)) {
    wrongType(report, path, 'a map', value);
  }
  return isObject(value) ? value : NOTHING;
}
