import type {
  ManifestObject,
  Position,
} from '@external-services/backstage-plugin-external-services-common';

/**
 * A manifest object as it is kept in the database: with the position of every
 * field, so that findings can name lines without reading the file again.
 *
 * @internal
 */
export interface StoredObject {
  manifest: Record<string, unknown>;
  line: number;
  /** Line and column by the API server's field path. */
  positions: Record<string, [line: number, column: number]>;
  /** Milliseconds; when a reading found it new or changed. Absent when the first one did. */
  changedAt?: number;
}

/**
 * Makes an object storable.
 *
 * @internal
 */
export function storeObject(object: ManifestObject): StoredObject {
  const positions: StoredObject['positions'] = {};
  for (const path of fieldPaths(object.manifest)) {
    const { line, column } = object.positionOf(path);
    positions[path] = [line, column];
  }
  return { manifest: object.manifest, line: object.line, positions };
}

/**
 * The inverse of {@link storeObject}.
 *
 * @internal
 */
export function restoreObject(
  { manifest, line, positions }: StoredObject,
  path: string,
): ManifestObject {
  const positionOf = (fieldPath: string): Position => {
    for (let field = fieldPath; field; field = parentOf(field)) {
      if (Object.hasOwn(positions, field)) {
        const [atLine, atColumn] = positions[field];
        return { line: atLine, column: atColumn };
      }
    }
    return { line, column: 1 };
  };
  return { manifest, line, path, positionOf };
}

function* fieldPaths(value: unknown, path = ''): Generator<string> {
  if (path) {
    yield path;
  }
  if (Array.isArray(value)) {
    for (const [index, item] of value.entries()) {
      yield* fieldPaths(item, `${path}[${index}]`);
    }
  } else if (typeof value === 'object' && value !== null) {
    for (const [key, item] of Object.entries(value)) {
      yield* fieldPaths(item, path ? `${path}.${key}` : key);
    }
  }
}

function parentOf(fieldPath: string): string {
  return fieldPath.replace(/(?:\[[^[\]]*\]|\.?[^.[\]]*)$/, '');
}
