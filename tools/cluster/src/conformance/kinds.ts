/** The kinds that are validated. */
export type Kind = 'Service' | 'Endpoints' | 'EndpointSlice';

/** Where the API server keeps objects of each kind. */
const COLLECTIONS: Record<Kind, { api: string; plural: string }> = {
  Service: { api: '/api/v1', plural: 'services' },
  Endpoints: { api: '/api/v1', plural: 'endpoints' },
  EndpointSlice: { api: '/apis/discovery.k8s.io/v1', plural: 'endpointslices' },
};

/** Path of the objects of a kind in a namespace. */
export function collectionPath(kind: Kind, namespace: string): string {
  const { api, plural } = COLLECTIONS[kind];
  return `${api}/namespaces/${encodeURIComponent(namespace)}/${plural}`;
}
