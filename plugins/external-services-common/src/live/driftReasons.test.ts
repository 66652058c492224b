import { toManifestObject } from '../manifests/toManifestObject';
import type { DifferenceField } from './Difference';
import { driftReasons } from './driftReasons';

const ARGO = { 'argocd.argoproj.io/tracking-id': 'shop:/Service:shop/api' };

interface Given {
  name?: string;
  spec?: object;
  of?: string;
  annotations?: Record<string, string>;
}

const service = ({ name = 'api', spec = {}, annotations }: Given = {}) =>
  toManifestObject({
    apiVersion: 'v1',
    kind: 'Service',
    metadata: { name, namespace: 'shop', annotations },
    spec,
  });

const slice = ({ of = 'api', annotations }: Given = {}) =>
  toManifestObject({
    apiVersion: 'discovery.k8s.io/v1',
    kind: 'EndpointSlice',
    metadata: {
      name: 'api-1',
      namespace: 'shop',
      labels: { 'kubernetes.io/service-name': of },
      annotations,
    },
    addressType: 'IPv4',
    endpoints: [],
  });

const endpoints = (count: number) =>
  toManifestObject({
    apiVersion: 'v1',
    kind: 'Endpoints',
    metadata: { name: 'api' },
    subsets: [
      { addresses: Array.from({ length: count }, () => ({ ip: '10.0.0.1' })) },
    ],
  });

const DECLARED = [service(), slice()];

const differing = (...fields: DifferenceField[]) =>
  fields.map(field => ({ field, declared: 'a', live: 'b' }));

describe('driftReasons', () => {
  it.each<[string, Parameters<typeof driftReasons>[0], string[]]>([
    ['nothing of it', { declared: DECLARED, live: [], differences: [] }, []],
    [
      'its addresses without the Service',
      { declared: DECLARED, live: [slice()], differences: [] },
      ['missing-service'],
    ],
    [
      'a Service of Argo CD without addresses',
      {
        declared: DECLARED,
        live: [service({ annotations: ARGO })],
        differences: differing('addresses'),
      },
      ['argo-cd-exclusion'],
    ],
    [
      'a Service of Argo CD with old addresses that Argo CD does not know',
      {
        declared: DECLARED,
        live: [service({ annotations: ARGO }), slice()],
        differences: differing('addresses'),
      },
      ['argo-cd-exclusion'],
    ],
    [
      'other addresses that Argo CD has applied itself',
      {
        declared: DECLARED,
        live: [service({ annotations: ARGO }), slice({ annotations: ARGO })],
        differences: differing('addresses'),
      },
      [],
    ],
    [
      'a Service without addresses',
      {
        declared: DECLARED,
        live: [service()],
        differences: differing('addresses'),
      },
      ['deployer-rights'],
    ],
    [
      'other addresses',
      {
        declared: DECLARED,
        live: [service(), slice()],
        differences: differing('addresses'),
      },
      [],
    ],
    [
      'the first of too many addresses',
      {
        declared: [service(), endpoints(1001)],
        live: [service(), slice()],
        differences: differing('addresses'),
      },
      ['mirroring-limit'],
    ],
    [
      'another name',
      {
        declared: DECLARED,
        live: [service({ name: 'dev-api' }), slice({ of: 'dev-api' })],
        differences: differing('name'),
      },
      ['renamed-by-deployment'],
    ],
    [
      'another name, and slices that keep to the old one',
      {
        declared: DECLARED,
        live: [service({ name: 'dev-api' }), slice()],
        differences: differing('name', 'addresses'),
      },
      ['renamed-by-deployment', 'kustomize-link'],
    ],
    [
      'a selector',
      {
        declared: DECLARED,
        live: [service({ spec: { selector: { app: 'api' } } })],
        differences: differing('selector', 'addresses'),
      },
      ['kustomize-selector'],
    ],
    [
      'a headless one that shall be so no more',
      {
        declared: DECLARED,
        live: [service({ spec: { clusterIP: 'None' } }), slice()],
        differences: differing('headless'),
      },
      ['ignored-change'],
    ],
    [
      'one that shall become headless',
      {
        declared: DECLARED,
        live: [service({ spec: { clusterIP: '10.96.0.7' } }), slice()],
        differences: differing('headless'),
      },
      ['immutable-field'],
    ],
    [
      'the Service of another component',
      {
        declared: DECLARED,
        live: [
          service({
            annotations: { 'external-services/id': 'component:default/b#api' },
          }),
        ],
        differences: differing('target', 'addresses'),
        entityRef: 'component:default/orders',
      },
      ['other-identity'],
    ],
  ])('explains why a cluster has %s', (_, evidence, reasons) => {
    expect(driftReasons(evidence)).toEqual(reasons);
  });
});
