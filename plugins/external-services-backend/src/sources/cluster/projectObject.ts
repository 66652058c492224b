import { ClusterError } from './ClusterError';
import type { LiveManifest, WatchedResource } from './WatchedResource';

/** Annotations that others write and that say nothing about the service. */
const NOISE = new Set([
  'kubectl.kubernetes.io/last-applied-configuration',
  'endpoints.kubernetes.io/last-change-trigger-time',
]);
const METADATA = [
  'name',
  'namespace',
  'uid',
  'labels',
  'creationTimestamp',
  'ownerReferences',
];
const FIELDS: Record<WatchedResource['kind'], string[]> = {
  Service: ['spec'],
  EndpointSlice: ['addressType', 'endpoints', 'ports'],
};

/**
 * The part of an object that says what it is; who wrote which field and what
 * changes by itself is left out.
 *
 * @throws ClusterError when the object has no name or namespace
 * @internal
 */
export function projectObject(
  object: unknown,
  { kind, apiVersion }: WatchedResource,
): LiveManifest {
  const raw = recordOf(object);
  const metadata = recordOf(raw.metadata);
  const { name, namespace } = metadata;
  if (typeof name !== 'string' || typeof namespace !== 'string') {
    throw new ClusterError('server', 'it sent an object without a name');
  }
  const annotations = Object.entries(recordOf(metadata.annotations)).filter(
    ([key]) => !NOISE.has(key),
  );
  return {
    apiVersion,
    kind,
    metadata: {
      ...pick(metadata, METADATA),
      ...(annotations.length > 0 && {
        annotations: Object.fromEntries(annotations),
      }),
      name,
      namespace,
    },
    ...pick(raw, FIELDS[kind]),
  };
}

function pick(from: Record<string, unknown>, keys: string[]) {
  return Object.fromEntries(
    keys.filter(key => from[key] !== undefined).map(key => [key, from[key]]),
  );
}

/** A JSON object, empty when it is none. */
export function recordOf(value: unknown): Record<string, unknown> {
  return typeof value === 'object' && value !== null
    ? (value as Record<string, unknown>)
    : {};
}
