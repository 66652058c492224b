import { describeWithControlPlane, sharedControlPlane } from 'cluster/testing';
import type { Knex } from 'knex';
import { eventually } from '../../__testUtils__/eventually';
import { SpawnedReplica } from '../../__testUtils__/SpawnedReplica';
import { alias, LEAST, TestCluster } from '../../__testUtils__/TestCluster';
import { postgresIds, testDatabases } from '../../__testUtils__/testDatabases';
import { openDatabase } from '../../database/openDatabase';

jest.setTimeout(180_000);

const CLUSTERS = ['asia', 'eu', 'us'];

/** As promised: 25 s of lease, a second of polling, and some for a busy machine. */
const TAKEOVER_MS = 30_000;

// `postgres.test.ts` makes its absence visible.
const describeOnPostgres =
  postgresIds.length > 0 ? describeWithControlPlane : describe.skip;

describeOnPostgres('Processes on one PostgreSQL', () => {
  const databases = testDatabases();
  const [id] = postgresIds;
  const processes = new Map<string, SpawnedReplica>();
  let cluster: TestCluster;
  let knex: Knex;

  afterEach(async () => {
    processes.forEach(child => child.signal('SIGKILL'));
    await cluster.stop();
  });

  /** The server of the environment, and in it the database of this test. */
  function connection(): string {
    const server = `BACKSTAGE_TEST_DATABASE_${id.replace('_', '')}`;
    const url = new URL(process.env[`${server}_CONNECTION_STRING`] ?? '');
    url.pathname = `/${knex.client.config.connection.database}`;
    return url.toString();
  }

  function start(holder: string) {
    const clusters = CLUSTERS.map(name =>
      cluster.config({ name, title: name }),
    );
    processes.set(holder, new SpawnedReplica(connection(), clusters, holder));
  }
  const holders = async () =>
    (await knex('sources').where('kind', 'cluster').orderBy('key')).map(
      ({ holder }) => holder as string | null,
    );
  const stored = () =>
    knex('cluster_objects')
      .join('sources', 'sources.id', 'source_id')
      .orderBy(['key', 'name'])
      .select('key', 'name', 'changed_at');
  const keeps = (name: string) =>
    eventually(
      stored,
      rows =>
        rows.map(row => `${row.key} ${row.name}`).join() ===
        CLUSTERS.map(key => `${key} ${name}`).join(),
      60_000,
    );

  it('share three clusters; one goes on within 30 s where one was killed and one sleeps, which writes nothing when it wakes up', async () => {
    knex = await openDatabase({
      getClient: () => databases.init(id),
    });
    cluster = await TestCluster.create(await sharedControlPlane());
    await cluster.grant(LEAST);
    await cluster.apply(alias('db', 'db.example.com'));
    ['a', 'b', 'c'].forEach(start);
    await eventually(
      async () => (await holders()).sort(),
      found => found.join() === 'a,b,c',
      60_000,
    );
    await keeps('db');

    const { asked } = cluster.proxy;
    asked.length = 0;
    processes.get('a')?.signal('SIGKILL');
    processes.get('c')?.signal('SIGSTOP');
    await cluster.delete('services', 'db');
    await cluster.apply(alias('new', 'new.example.com'));
    await eventually(holders, found => found.join() === 'b,b,b', TAKEOVER_MS);
    const written = await keeps('new');
    expect(asked.filter(one => one.startsWith('list'))).toEqual([]);

    processes.get('c')?.signal('SIGCONT');
    await eventually(holders, found => found.includes('c'), 60_000);
    expect(await stored()).toEqual(written);
    await cluster.delete('services', 'new');
    await cluster.apply(alias('last', 'last.example.com'));
    await keeps('last');
  });
});
