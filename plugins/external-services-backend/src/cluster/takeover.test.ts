import { ChildProcess, spawn } from 'node:child_process';
import { resolve } from 'node:path';
import { describeWithControlPlane, sharedControlPlane } from 'cluster/testing';
import type { Knex } from 'knex';
import { eventually } from '../__testUtils__/eventually';
import { alias, LEAST, TestCluster } from '../__testUtils__/TestCluster';
import { postgresIds, testDatabases } from '../__testUtils__/testDatabases';
import { openDatabase } from '../database/openDatabase';

jest.setTimeout(180_000);

/** As promised: 25 s of lease, a second of polling, and some for a busy machine. */
const TAKEOVER_MS = 30_000;

// `postgres.test.ts` makes its absence visible.
const describeOnPostgres =
  postgresIds.length > 0 ? describeWithControlPlane : describe.skip;

describeOnPostgres('Two processes on one PostgreSQL', () => {
  const databases = testDatabases();
  const [id] = postgresIds;
  const processes = new Map<string, ChildProcess>();
  let cluster: TestCluster;
  let knex: Knex;

  afterEach(async () => {
    processes.forEach(child => child.kill('SIGKILL'));
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
    const child = spawn(
      process.execPath,
      [
        '--require',
        '@backstage/cli/config/nodeTransform.cjs',
        resolve(__dirname, '../__testUtils__/replicaProcess.ts'),
        connection(),
        JSON.stringify(
          ['eu', 'us'].map(name => cluster.config({ name, title: name })),
        ),
        holder,
      ],
      { stdio: ['ignore', 'ignore', 'inherit'] },
    );
    processes.set(holder, child);
  }
  const holders = async () =>
    (await knex('sources').where('kind', 'cluster').orderBy('key')).map(
      ({ holder }) => holder as string | null,
    );
  const names = async () =>
    (
      await knex('cluster_objects')
        .join('sources', 'sources.id', 'source_id')
        .orderBy(['key', 'name'])
        .select('key', 'name')
    ).map(({ key, name }) => `${key} ${name}`);

  it('share two clusters, and one of them goes on within 30 s where the other was killed', async () => {
    knex = await openDatabase({
      getClient: () => databases.init(id),
    });
    cluster = await TestCluster.create(await sharedControlPlane());
    await cluster.grant(LEAST);
    await cluster.apply(alias('db', 'db.example.com'));
    start('a');
    start('b');
    await eventually(
      async () => (await holders()).sort(),
      found => found.join() === 'a,b',
      60_000,
    );
    await eventually(names, found => found.join() === 'eu db,us db', 60_000);

    const { asked } = cluster.proxy;
    asked.length = 0;
    processes.get('a')?.kill('SIGKILL');
    await cluster.delete('services', 'db');
    await cluster.apply(alias('new', 'new.example.com'));
    await eventually(holders, found => found.join() === 'b,b', TAKEOVER_MS);
    await eventually(names, found => found.join() === 'eu new,us new');
    expect(asked.filter(one => one.startsWith('list'))).toEqual([]);
  });
});
