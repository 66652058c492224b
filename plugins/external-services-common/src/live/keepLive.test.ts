import { keepLive } from './keepLive';

interface Given {
  namespace?: string;
  name?: string;
  labels?: Record<string, string>;
  annotations?: Record<string, string>;
  ownerReferences?: { kind: string; controller?: boolean }[];
}

const service = (spec: object, metadata: Given = {}) => ({
  apiVersion: 'v1',
  kind: 'Service',
  metadata: { name: 'external-db', namespace: 'shop', ...metadata },
  spec,
});

const slice = (labels: Record<string, string>, metadata: Given = {}) => ({
  apiVersion: 'discovery.k8s.io/v1',
  kind: 'EndpointSlice',
  metadata: { name: 'external-db-1', namespace: 'shop', labels, ...metadata },
  addressType: 'IPv4',
  endpoints: [],
});

const LINK = { 'kubernetes.io/service-name': 'external-db' };
const MANAGER = 'endpointslice.kubernetes.io/managed-by';
const alias = { type: 'ExternalName', externalName: 'db.example.com' };
const pods = { selector: { app: 'orders' } };
const owner = (kind: string, controller?: boolean) => ({
  ownerReferences: [{ kind, controller }],
});

describe('keepLive', () => {
  it.each<[string, boolean, Record<string, unknown>]>([
    ['an ExternalName', true, service(alias)],
    ['a Service without selector', true, service({ ports: [{ port: 80 }] })],
    ['a headless one', true, service({ clusterIP: 'None' })],
    ['one with an empty selector', true, service({ selector: {} })],
    [
      'an ExternalName whose selector has no effect',
      true,
      service({ ...alias, ...pods }),
    ],
    [
      'an alias into the cluster, which a file may declare',
      true,
      service({ ...alias, externalName: 'db.data.svc.cluster.local' }),
    ],
    ['a Service of Pods', false, service(pods)],
    [
      'one of ours that was given a selector',
      true,
      service(pods, {
        annotations: { 'external-services/id': 'component:default/orders#db' },
      }),
    ],
    [
      'one with our label that was given a selector',
      true,
      service(pods, {
        labels: {
          'app.kubernetes.io/managed-by': 'backstage-external-services',
        },
      }),
    ],
    [
      'the API server itself',
      false,
      service({}, { namespace: 'default', name: 'kubernetes' }),
    ],
    [
      'a Service that is only called like the API server',
      true,
      service({}, { name: 'kubernetes' }),
    ],
    [
      'one that a controller owns',
      false,
      service(alias, owner('Tunnel', true)),
    ],
    ['one that belongs to an application', true, service(alias, owner('App'))],
    [
      'one of ours that a controller applied',
      true,
      service(alias, {
        ...owner('ResourceTracker', true),
        annotations: { 'external-services/id': 'component:default/orders#db' },
      }),
    ],
    [
      'one of a system namespace',
      false,
      service(alias, { namespace: 'kube-system' }),
    ],
    ['a slice', true, slice(LINK)],
    [
      'a slice that mirrors Endpoints',
      true,
      slice(
        { ...LINK, [MANAGER]: 'endpointslicemirroring-controller.k8s.io' },
        owner('Endpoints', true),
      ),
    ],
    [
      'a slice of Pods',
      false,
      slice({ ...LINK, [MANAGER]: 'endpointslice-controller.k8s.io' }),
    ],
    ['a slice of no Service', false, slice({})],
    [
      'the slice of the API server',
      false,
      slice(
        { 'kubernetes.io/service-name': 'kubernetes' },
        { namespace: 'default' },
      ),
    ],
    [
      'a slice of a system namespace',
      false,
      slice(LINK, { namespace: 'kube-system' }),
    ],
    ['another kind', false, { apiVersion: 'v1', kind: 'Pod', metadata: {} }],
    ['what is no object of Kubernetes', false, { metadata: 'x' }],
  ])('decides on %s: %s', (_, kept, manifest) => {
    expect(keepLive(manifest, { ignoreNamespaces: ['kube-system'] })).toBe(
      kept,
    );
  });
});
