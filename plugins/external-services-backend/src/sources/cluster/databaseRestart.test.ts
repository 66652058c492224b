import { describeWithControlPlane, sharedControlPlane } from 'cluster/testing';
import knexFactory, { type Knex } from 'knex';
import { eventually } from '../../__testUtils__/eventually';
import { SpawnedReplica } from '../../__testUtils__/SpawnedReplica';
import { alias, LEAST, TestCluster } from '../../__testUtils__/TestCluster';
import { TestPostgres } from '../../__testUtils__/TestPostgres';
import { openDatabase } from '../../database/openDatabase';

jest.setTimeout(180_000);

/** Code of PostgreSQL. */
const CANNOT_CONNECT_NOW = '57P03';

const describeWithPostgres = TestPostgres.isAvailable
  ? describeWithControlPlane
  : describe.skip;

describeWithPostgres('Two processes whose PostgreSQL is restarted', () => {
  let postgres: TestPostgres;
  let cluster: TestCluster;
  let knex: Knex;
  let replicas: SpawnedReplica[];

  beforeAll(async () => {
    postgres = await TestPostgres.start();
    knex = await openDatabase({
      getClient: async () =>
        knexFactory({
          client: 'pg',
          connection: postgres.url,
          // It says that its connections broke, which they are meant to.
          log: { warn: () => {} },
        }),
    });
    cluster = await TestCluster.create(await sharedControlPlane());
    await cluster.grant(LEAST);
    await cluster.apply(
      [alias('gone', 'a.example.com'), alias('kept', 'b.example.com')].join(
        '---',
      ),
    );
    const clusters = ['eu', 'us'].map(name =>
      cluster.config({ name, title: name }),
    );
    replicas = ['a', 'b'].map(
      holder => new SpawnedReplica(postgres.url, clusters, holder),
    );
  });
  afterAll(async () => {
    replicas.forEach(replica => replica.signal('SIGKILL'));
    await knex.destroy();
    await cluster.stop();
    await postgres.stop();
  });

  const stored = () =>
    knex('cluster_objects')
      .join('sources', 'sources.id', 'source_id')
      .orderBy(['key', 'name'])
      .select('key', 'name', 'changed_at')
      // On a busy machine the server may still be starting up.
      .catch(error => {
        if (error.code !== CANNOT_CONNECT_NOW) {
          throw error;
        }
        return [];
      });
  const keeps = (...names: string[]) =>
    eventually(
      stored,
      rows =>
        rows.map(({ key, name }) => `${key} ${name}`).join() ===
        ['eu', 'us'].flatMap(key => names.map(name => `${key} ${name}`)).join(),
      60_000,
    );
  const areHeld = () =>
    eventually(
      async () => {
        const rows = await knex('sources').where('kind', 'cluster');
        return rows.map(({ holder }) => holder).sort();
      },
      holders => holders.join() === 'a,b',
      60_000,
    );

  it('go on by themselves, with nothing lost and nothing written twice', async () => {
    const before = await keeps('gone', 'kept');
    await areHeld();
    const restarted = postgres.restart();
    await cluster.delete('services', 'gone');
    await cluster.apply(alias('new', 'c.example.com'));
    await restarted;

    const after = await keeps('kept', 'new');
    const kept = (rows: typeof before) =>
      rows.filter(({ name }) => name === 'kept');
    expect(kept(after)).toEqual(kept(before));
    expect(replicas.map(({ isRunning }) => isRunning)).toEqual([true, true]);
    await areHeld();
    await cluster.delete('services', 'kept');
    await keeps('new');
  });
});
