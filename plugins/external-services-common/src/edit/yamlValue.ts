import { isObject } from '../manifests/reading';
import type { Comparable } from './alignItems';
import { valueOf, type YamlNode } from './YamlTree';

/** True when a node says this very value already; the order of fields does not matter. */
export function matches(node: YamlNode, wanted: unknown): boolean {
  return canonical(valueOf(node)) === canonical(wanted);
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
