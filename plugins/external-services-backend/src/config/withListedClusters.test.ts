import { mockServices } from '@backstage/backend-test-utils';
import type { JsonObject } from '@backstage/types';
import { readExternalServicesConfig } from './readExternalServicesConfig';
import { type ListedCluster, withListedClusters } from './withListedClusters';

const read = (externalServices: JsonObject, listed?: ListedCluster[]) =>
  withListedClusters(
    readExternalServicesConfig(
      mockServices.rootConfig({ data: { kubernetes: {}, externalServices } }),
      ['127.0.0.1'],
    ),
    listed,
  );
const OWN = { name: 'own', kubeconfig: '/k' };
const environments = (...names: string[]) =>
  names.map(name => ({ name })) as JsonObject[];

describe('withListedClusters', () => {
  it('adds what the Kubernetes plugin knows after what is configured', () => {
    const { clusters } = read({ clusters: [OWN] }, [
      { name: 'own', authProvider: 'oidc' },
      { name: 'gke', title: 'Google', authProvider: 'googleServiceAccount' },
      { name: 'of-people', authProvider: 'google' },
    ]);
    expect(clusters).toEqual([
      expect.objectContaining({ access: { kind: 'kubeconfig', path: '/k' } }),
      { name: 'gke', title: 'Google', access: { kind: 'kubernetes-plugin' } },
      {
        name: 'of-people',
        title: 'of-people',
        access: {
          kind: 'not-collectable',
          reason: expect.stringContaining('authProvider google'),
        },
      },
    ]);
  });

  it('gives an environment the cluster with its name once there is one', () => {
    const clustersOf = (listed?: ListedCluster[]) =>
      read({ environments: environments('dev', 'prod') }, listed);
    expect(
      clustersOf([{ name: 'prod' }]).environments.map(one => one.clusters),
    ).toEqual([[], ['prod']]);
    expect(clustersOf()).toMatchObject({
      clusters: [],
      environments: [{ clusters: [] }, { clusters: [] }],
    });
  });

  it.each<[string, ListedCluster[] | undefined, string]>([
    ['knows no such cluster', [], 'nor the Kubernetes plugin has it'],
    ['has not answered yet', undefined, 'has not answered yet'],
  ])(
    'says of what an environment names that the Kubernetes plugin %s',
    (_, listed, words) => {
      const { clusters } = read(
        { environments: [{ name: 'prod', clusters: ['eu'] }] },
        listed,
      );
      expect(clusters).toEqual([
        {
          name: 'eu',
          title: 'eu',
          access: {
            kind: 'not-collectable',
            reason: expect.stringContaining(words),
          },
        },
      ]);
    },
  );
});
