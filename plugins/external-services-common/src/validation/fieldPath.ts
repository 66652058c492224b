/** Path of a field, as the API server writes it: `spec.ports`. */
export function childPath(parent: string, key: string): string {
  return parent === '' ? key : `${parent}.${key}`;
}

/** Path of a list's item: `spec.ports[1]`. */
export function itemPath(parent: string, index: number): string {
  return `${parent}[${index}]`;
}

/** Path of a map's entry: `metadata.annotations[key]`. */
export function keyPath(parent: string, key: string): string {
  return `${parent}[${key}]`;
}

/** Path of what keys and indexes lead to: `spec.ports[1]`. */
export function pathOf(steps: readonly (string | number)[]): string {
  return steps.reduce<string>(
    (path, step) =>
      typeof step === 'number' ? itemPath(path, step) : childPath(path, step),
    '',
  );
}

/** The path one level up; empty for a field of the object itself. */
export function parentPath(path: string): string {
  return path.slice(
    0,
    Math.max(path.lastIndexOf('.'), path.lastIndexOf('['), 0),
  );
}
