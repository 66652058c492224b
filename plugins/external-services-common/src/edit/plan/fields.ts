import type { UntypedObject } from '../../manifests/reading';

/** The object without some of its fields; the others keep their order. */
export function withoutFields(
  object: UntypedObject,
  names: string[],
): UntypedObject {
  return Object.fromEntries(
    Object.entries(object).filter(([name]) => !names.includes(name)),
  );
}

/**
 * The object with a field: in its place when it has one already, else behind
 * the fields that `order` names before it, or behind all of them when it is not
 * in `order`. Undefined takes the field out.
 */
export function withField(
  object: UntypedObject,
  name: string,
  value: unknown,
  order: readonly string[],
): UntypedObject {
  if (value === undefined) {
    return withoutFields(object, [name]);
  }
  if (Object.hasOwn(object, name)) {
    return { ...object, [name]: value };
  }
  const place = order.indexOf(name);
  const earlier = place < 0 ? order : order.slice(0, place);
  const entries = Object.entries(object);
  const at = entries.findLastIndex(([key]) => earlier.includes(key)) + 1;
  return Object.fromEntries([
    ...entries.slice(0, at),
    [name, value],
    ...entries.slice(at),
  ]);
}
