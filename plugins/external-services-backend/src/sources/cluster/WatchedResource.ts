/**
 * An object as the API server sends it, unchecked but for what names it.
 *
 * @internal
 */
export interface LiveManifest {
  apiVersion: string;
  kind: string;
  metadata: Record<string, unknown> & { name: string; namespace: string };
  [field: string]: unknown;
}

/**
 * What one stream lists and watches.
 *
 * @internal
 */
export interface WatchedResource {
  kind: 'Service' | 'EndpointSlice';
  apiVersion: string;
  /** The name RBAC knows it by. */
  resource: 'services' | 'endpointslices';
  /** Without a query. */
  path: string;
  /** Default: everything. */
  labelSelector?: string;
}

/** Slices of Services with a selector: by far the most, and never ours. */
const NOT_OF_PODS =
  'endpointslice.kubernetes.io/managed-by!=endpointslice-controller.k8s.io';

/**
 * What is watched in one namespace, or in all.
 *
 * @internal
 */
export function watchedResources(namespace?: string): WatchedResource[] {
  const within = namespace
    ? `/namespaces/${encodeURIComponent(namespace)}`
    : '';
  return [
    {
      kind: 'Service',
      apiVersion: 'v1',
      resource: 'services',
      path: `/api/v1${within}/services`,
    },
    {
      kind: 'EndpointSlice',
      apiVersion: 'discovery.k8s.io/v1',
      resource: 'endpointslices',
      path: `/apis/discovery.k8s.io/v1${within}/endpointslices`,
      labelSelector: NOT_OF_PODS,
    },
  ];
}
