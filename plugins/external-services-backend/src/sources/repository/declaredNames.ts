import type { StoredObject } from './StoredObject';

const SERVICE_NAME_LABEL = 'kubernetes.io/service-name';
/** What a cluster can have; anything else is found nowhere. */
const NAME = /^[\w.-]{1,253}$/;

/**
 * Names of the Services that objects are, or belong to, each once.
 *
 * @internal
 */
export function declaredNames(objects: StoredObject[]): string[] {
  const names = objects.map(({ manifest: { kind, metadata } }) => {
    const { name, labels } = (metadata ?? {}) as {
      name?: unknown;
      labels?: Record<string, unknown>;
    };
    return kind === 'EndpointSlice' ? labels?.[SERVICE_NAME_LABEL] : name;
  });
  return [...new Set(names)].filter(
    (name): name is string => typeof name === 'string' && NAME.test(name),
  );
}
