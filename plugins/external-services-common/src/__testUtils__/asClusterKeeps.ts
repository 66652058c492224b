import type { EndpointsManifest, Manifest } from '../manifests/Manifest';
import { parseIp, ipFamily } from '../kubernetes/ipAddress';

/**
 * What a cluster returns for manifests that were applied to it: with the
 * defaults and identities that the server sets, and Endpoints as the slices that
 * the mirroring controller writes.
 */
export function asClusterKeeps(
  manifests: Manifest[],
): Record<string, unknown>[] {
  return manifests.flatMap((manifest): Record<string, unknown>[] => {
    if (manifest.kind === 'Endpoints') {
      return mirrored(manifest);
    }
    const metadata = {
      ...manifest.metadata,
      namespace: manifest.metadata.namespace ?? 'default',
      uid: '7d1cbd1f-6b1e-4d9c-9f6b-0d0a3ad4cf6a',
      resourceVersion: '4711',
      creationTimestamp: '2026-11-22T03:00:00Z',
      annotations: {
        ...manifest.metadata.annotations,
        'argocd.argoproj.io/tracking-id': 'shop:/Service:shop/external-db',
      },
    };
    return [
      manifest.kind === 'Service'
        ? { ...manifest, metadata, spec: withDefaults(manifest.spec) }
        : {
            ...manifest,
            metadata: { ...metadata, generation: 1 },
            ports: manifest.ports.map(port => ({ name: '', ...port })),
            endpoints: manifest.endpoints.map(endpoint => ({
              ...endpoint,
              conditions: { ready: true },
            })),
          },
    ];
  });
}

function withDefaults(spec: Extract<Manifest, { kind: 'Service' }>['spec']) {
  const alias = spec.type === 'ExternalName';
  return {
    sessionAffinity: 'None',
    ...(!alias && {
      type: 'ClusterIP',
      clusterIP: '10.96.14.7',
      clusterIPs: [spec.clusterIP ?? '10.96.14.7'],
      ipFamilies: ['IPv4'],
      ipFamilyPolicy: 'SingleStack',
      internalTrafficPolicy: 'Cluster',
    }),
    ...spec,
    ...(spec.ports && {
      ports: spec.ports.map(port => ({ targetPort: port.port, ...port })),
    }),
  };
}

function mirrored({ metadata, subsets }: EndpointsManifest) {
  return subsets.flatMap(({ addresses, ports }, index) =>
    (['IPv4', 'IPv6'] as const).flatMap(family => {
      const own = addresses.filter(({ ip }) => {
        const parsed = parseIp(ip);
        return (parsed ? ipFamily(parsed) : 'IPv4') === family;
      });
      return own.length === 0
        ? []
        : [
            {
              apiVersion: 'discovery.k8s.io/v1',
              kind: 'EndpointSlice',
              metadata: {
                ...metadata,
                name: `${metadata.name}-${family.toLowerCase()}${index}x7k`,
                namespace: metadata.namespace ?? 'default',
                labels: {
                  ...metadata.labels,
                  'kubernetes.io/service-name': metadata.name,
                  'endpointslice.kubernetes.io/managed-by':
                    'endpointslicemirroring-controller.k8s.io',
                },
                ownerReferences: [{ kind: 'Endpoints', controller: true }],
              },
              addressType: family,
              ports: ports.map(port => ({ name: '', ...port })),
              endpoints: own.map(({ ip, hostname }) => ({
                addresses: [ip],
                conditions: { ready: true },
                ...(hostname && { hostname }),
              })),
            },
          ];
    }),
  );
}
