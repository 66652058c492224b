/** Any JSON object, unchecked. */
export type UntypedObject = Record<string, unknown>;

/** True for a JSON object: no list, no null. */
export function isObject(value: unknown): value is UntypedObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** The own value at a key; undefined when `value` is no object. */
export function fieldOf(value: unknown, key: string): unknown {
  if (!isObject(value)) {
    return undefined;
  }
  const found = value[key];
  // Most of what is asked for is missing, and then whose it is does not matter.
  return found === undefined || Object.hasOwn(value, key) ? found : undefined;
}

/** The object at a key, empty when there is none. */
export function objectAt(value: unknown, key: string): UntypedObject {
  const found = fieldOf(value, key);
  return isObject(found) ? found : {};
}

/** The list at a key, empty when there is none. */
export function listAt(value: unknown, key: string): unknown[] {
  const found = fieldOf(value, key);
  return Array.isArray(found) ? found : [];
}

/** The text at a key; undefined when there is none or it is empty. */
export function textAt(value: unknown, key: string): string | undefined {
  const found = fieldOf(value, key);
  return typeof found === 'string' && found !== '' ? found : undefined;
}

/** The whole number at a key, if there is one. */
export function integerAt(value: unknown, key: string): number | undefined {
  const found = fieldOf(value, key);
  return Number.isInteger(found) ? (found as number) : undefined;
}

/** The entries of the map at a key whose values are texts. */
export function textsAt(value: unknown, key: string): Record<string, string> {
  return Object.fromEntries(
    Object.entries(objectAt(value, key)).filter(
      (entry): entry is [string, string] => typeof entry[1] === 'string',
    ),
  );
}
