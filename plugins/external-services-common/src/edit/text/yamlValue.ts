import { isObject } from '../../manifests/reading';
import type { Comparable } from './alignItems';
import type { YamlNode } from './YamlTree';

/** True when a node says this very value already; the order of fields does not matter. */
export function matches(node: YamlNode, wanted: unknown): boolean {
  if (node.kind === 'scalar') {
    return Object.is(node.value, wanted);
  }
  if (node.kind === 'sequence') {
    return (
      Array.isArray(wanted) &&
      wanted.length === node.items.length &&
      node.items.every((item, index) => matches(item.node, wanted[index]))
    );
  }
  return (
    isObject(wanted) &&
    Object.keys(wanted).length === node.entries.length &&
    node.entries.every(
      entry =>
        Object.hasOwn(wanted, entry.name) &&
        matches(entry.node, wanted[entry.name]),
    )
  );
}

/** True for equal values; the order of fields does not matter. */
export function isSame(a: unknown, b: unknown): boolean {
  if (Object.is(a, b)) {
    return true;
  }
  if (Array.isArray(a)) {
    return (
      Array.isArray(b) &&
      a.length === b.length &&
      a.every((item, index) => isSame(item, b[index]))
    );
  }
  if (!isObject(a) || !isObject(b)) {
    return false;
  }
  const keys = Object.keys(a);
  return (
    keys.length === Object.keys(b).length &&
    keys.every(key => Object.hasOwn(b, key) && isSame(a[key], b[key]))
  );
}

/** What tells a list's item from others. */
export function comparable(value: unknown): Comparable {
  const name = isObject(value) ? value.name : undefined;
  return {
    key: canonical(value),
    ...(typeof name === 'string' && { name }),
  };
}

/** JSON with sorted keys: equal for equal values. */
export function canonical(value: unknown): string {
  if (Array.isArray(value)) {
    return `[${value.map(canonical).join(',')}]`;
  }
  if (isObject(value)) {
    const fields = Object.keys(value)
      .sort()
      .map(key => `${JSON.stringify(key)}:${canonical(value[key])}`);
    return `{${fields.join(',')}}`;
  }
  // Undefined stands for what is not there; numbers that JSON lacks must stay apart.
  return typeof value === 'number'
    ? String(value)
    : JSON.stringify(value) ?? '';
}
