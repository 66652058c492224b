import { mockServices } from '@backstage/backend-test-utils';
import { testDatabases } from '../../__testUtils__/testDatabases';
import { readExternalServicesConfig } from '../../config/readExternalServicesConfig';
import type { ListedCluster } from '../../config/withListedClusters';
import { openDatabase } from '../../database/openDatabase';
import { SourceStore } from '../../database/SourceStore';
import { KnownClusters } from './KnownClusters';

const CONFIG = readExternalServicesConfig(
  mockServices.rootConfig({
    data: {
      externalServices: {
        environments: [{ name: 'prod', clusters: ['eu'] }],
        clusterSource: { kubernetesPlugin: true },
      },
    },
  }),
  ['127.0.0.1'],
);

describe('KnownClusters', () => {
  const databases = testDatabases();

  it('takes over what any replica was told, and gives the same configuration while that is the same', async () => {
    const knex = await openDatabase({
      getClient: () => databases.init('SQLITE_3'),
    });
    const known = await KnownClusters.load(CONFIG, SourceStore.create(knex));
    const tell = async (...clusters: ListedCluster[]) => {
      const status = JSON.stringify({ clusters });
      await knex('sources')
        .where('kind', 'kubernetes-plugin')
        .update({ status });
      await known.refresh();
      return known.config;
    };
    expect(known.config.clusters).toMatchObject([
      { name: 'eu', access: { kind: 'not-collectable' } },
    ]);

    const told = await tell({ name: 'eu', title: 'Europe' });
    expect(told.clusters).toEqual([
      { name: 'eu', title: 'Europe', access: { kind: 'kubernetes-plugin' } },
    ]);
    expect(await tell({ name: 'eu', title: 'Europe' })).toBe(told);
    expect(await tell({ name: 'eu', title: 'EU' })).not.toBe(told);
  });
});
