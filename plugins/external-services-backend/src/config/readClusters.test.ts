import { mockServices } from '@backstage/backend-test-utils';
import type { JsonObject } from '@backstage/types';
import { readClusters } from './readClusters';

const read = (data: JsonObject, kubernetesPlugin = false) =>
  readClusters(mockServices.rootConfig({ data }), kubernetesPlugin);
const own = (...clusters: JsonObject[]) =>
  read({ externalServices: { clusters } });
const withKubernetes = (...clusters: JsonObject[]) => ({
  kubernetes: {
    serviceLocatorMethod: { type: 'multiTenant' },
    clusterLocatorMethods: [
      { type: 'catalog' },
      { type: 'config', clusters },
      { type: 'gke', projectId: 'p' },
    ],
  },
});
const ofKubernetes = (...clusters: JsonObject[]) =>
  read(withKubernetes(...clusters));

describe('readClusters', () => {
  it('reads none when none is configured', () => {
    expect(read({})).toEqual([]);
  });

  it('reads clusters by kubeconfig and the one the backend runs in', () => {
    expect(
      own(
        { name: 'eu', title: 'Europe', kubeconfig: '/k', context: 'c' },
        { name: 'here', inCluster: true, namespaces: ['shop', 'shop', 'pay'] },
      ),
    ).toEqual([
      {
        name: 'eu',
        title: 'Europe',
        access: { kind: 'kubeconfig', path: '/k', context: 'c' },
      },
      {
        name: 'here',
        title: 'here',
        access: { kind: 'in-cluster' },
        namespaces: ['shop', 'pay'],
      },
    ]);
  });

  it('takes over the clusters of the Kubernetes plugin that have a token', () => {
    expect(
      ofKubernetes({
        name: 'eu',
        url: 'https://eu.example.com:6443',
        authProvider: 'serviceAccount',
        serviceAccountToken: 'secret',
        caData: 'UEVN',
      }),
    ).toEqual([
      {
        name: 'eu',
        title: 'eu',
        access: {
          kind: 'token',
          url: 'https://eu.example.com:6443',
          token: 'secret',
          caData: 'UEVN',
          skipTLSVerify: false,
        },
      },
    ]);
  });

  it.each<[string, JsonObject, string]>([
    [
      'without a token',
      { url: 'https://eu.example.com', authProvider: 'google' },
      'serviceAccountToken',
    ],
    [
      'without a URL that works',
      { url: 'eu', serviceAccountToken: 'x' },
      'URL',
    ],
  ])('names a cluster %s as not collectable, and why', (_, cluster, word) => {
    const [{ access }] = ofKubernetes({ name: 'eu', ...cluster });
    expect(access).toEqual({
      kind: 'not-collectable',
      reason: expect.stringContaining(word),
    });
  });

  it('goes through the Kubernetes plugin where that has the credentials and may be asked', () => {
    const url = 'https://eu.example.com';
    const clusters = read(
      withKubernetes(
        { name: 'a', url, authProvider: 'serviceAccount' },
        { name: 'b', url, authProvider: 'aws' },
        { name: 'c', url, authProvider: 'oidc' },
        {
          name: 'd',
          url,
          authMetadata: { 'kubernetes.io/auth-provider': 'google' },
        },
        { name: 'e', url, authProvider: 'aws', serviceAccountToken: 'x' },
      ),
      true,
    );
    expect(clusters.map(({ access }) => access.kind)).toEqual([
      'kubernetes-plugin',
      'kubernetes-plugin',
      'not-collectable',
      'not-collectable',
      'token',
    ]);
    expect(clusters[2].access).toMatchObject({
      reason: expect.stringContaining('authProvider oidc'),
    });
  });

  it('reads some namespaces only through the Kubernetes plugin, when told so', () => {
    expect(
      own({ name: 'eu', kubernetesPlugin: true, namespaces: ['shop'] }),
    ).toEqual([
      {
        name: 'eu',
        title: 'eu',
        access: { kind: 'kubernetes-plugin' },
        namespaces: ['shop'],
      },
    ]);
  });

  it('lets our own entry count where both name a cluster', () => {
    const clusters = read({
      externalServices: { clusters: [{ name: 'eu', kubeconfig: '/k' }] },
      kubernetes: {
        clusterLocatorMethods: [
          { type: 'config', clusters: [{ name: 'eu', url: 'https://eu' }] },
        ],
      },
    });
    expect(clusters).toEqual([
      expect.objectContaining({
        access: { kind: 'kubeconfig', path: '/k', context: undefined },
      }),
    ]);
  });

  it.each<[string, JsonObject[], string[]]>([
    [
      'two of one name',
      [
        { name: 'eu', inCluster: true },
        { name: 'eu', kubeconfig: '/k' },
      ],
      ['externalServices.clusters[1].name', 'taken'],
    ],
    [
      'one that nobody says how to reach',
      [{ name: 'eu' }],
      ['externalServices.clusters[0]', 'kubeconfig', 'inCluster'],
    ],
    [
      'one that is reached in two ways',
      [{ name: 'eu', kubeconfig: '/k', inCluster: true }],
      ['externalServices.clusters[0]', 'one of'],
    ],
    [
      'one that is reached directly and through the Kubernetes plugin',
      [{ name: 'eu', inCluster: true, kubernetesPlugin: true }],
      ['externalServices.clusters[0]', 'one of'],
    ],
    [
      'a context of no kubeconfig',
      [{ name: 'eu', inCluster: true, context: 'c' }],
      ['externalServices.clusters[0].context'],
    ],
    [
      'no namespace at all',
      [{ name: 'eu', inCluster: true, namespaces: [] }],
      ['externalServices.clusters[0].namespaces', 'leave it out'],
    ],
  ])('refuses %s and names the key', (_name, clusters, words) => {
    for (const word of words) {
      expect(() => own(...clusters)).toThrow(word);
    }
  });
});
