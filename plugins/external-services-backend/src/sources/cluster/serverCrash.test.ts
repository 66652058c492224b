import { ControlPlane, startControlPlane } from 'cluster/control-plane';
import { describeWithControlPlane, sharedControlPlane } from 'cluster/testing';
import type { Knex } from 'knex';
import { eventually } from '../../__testUtils__/eventually';
import { alias, LEAST, TestCluster } from '../../__testUtils__/TestCluster';
import { testDatabases } from '../../__testUtils__/testDatabases';
import { TestReplica } from '../../__testUtils__/TestReplica';
import { openDatabase } from '../../database/openDatabase';
import { SourceStore } from '../../database/SourceStore';

jest.setTimeout(180_000);

describeWithControlPlane('Two API servers, of which one crashes', () => {
  const databases = testDatabases();
  let server: ControlPlane;
  let eu: TestCluster;
  let us: TestCluster;
  let knex: Knex;
  let replica: TestReplica;

  beforeAll(async () => {
    server = await startControlPlane({ dns: false, compactionInterval: '1s' });
    eu = await TestCluster.create(server);
    us = await TestCluster.create(await sharedControlPlane());
    for (const cluster of [eu, us]) {
      await cluster.grant(LEAST);
      await cluster.apply(
        [alias('db', 'db.example.com'), alias('gone', 'a.example.com')].join(
          '---',
        ),
      );
    }
    knex = await openDatabase({
      getClient: () => databases.init('SQLITE_3'),
    });
    replica = await TestReplica.start(knex, [
      eu.config(),
      us.config({ name: 'us', title: 'United States' }),
    ]);
  });
  afterAll(async () => {
    await replica.stop();
    await us.stop();
    await eu.stop();
    await server.stop();
  });
  const changedAt = async (name: string) =>
    (
      await knex('cluster_objects')
        .where({ name, source_id: SourceStore.idOf('cluster', 'eu') })
        .first()
    ).changed_at;
  const isIn = (phase: string, cluster = 'eu') =>
    eventually(
      () => replica.row(cluster),
      ({ status }) => status?.phase === phase,
      60_000,
    );
  const keeps = (cluster: string, ...names: string[]) =>
    eventually(
      () => replica.names(cluster),
      found => found.join() === names.join(),
      60_000,
    );

  it('is said to be out of reach and keeps what is known, while the other is followed', async () => {
    await keeps('eu', 'Service/db', 'Service/gone');
    await keeps('us', 'Service/db', 'Service/gone');
    await server.stopApiServer({ graceMs: 0 });
    eu.proxy.resetAll();
    const { status } = await isIn('failed');
    expect(status).toMatchObject({
      objects: 2,
      services: { failure: { code: 'unreachable' } },
    });
    expect(status?.connectedSince).toBeUndefined();
    expect(await replica.names()).toEqual(['Service/db', 'Service/gone']);

    await us.apply(alias('new', 'new.example.com'));
    await keeps('us', 'Service/db', 'Service/gone', 'Service/new');
    expect((await replica.row('us')).status?.phase).toBe('watching');
    await server.startApiServer();
    await isIn('watching');
  });

  it('is listed again when it has compacted what it was to go on from, with nothing lost and nothing deleted that is there', async () => {
    await isIn('watching');
    const before = await changedAt('db');
    eu.proxy.fault = () => ({ kind: 'reset' });
    eu.proxy.resetAll();
    await eu.delete('services', 'gone');
    await eu.apply(alias('new', 'new.example.com'));
    const at = await replica.position();
    await eventually(
      () => eu.isCompacted(at),
      compacted => compacted,
      60_000,
    );
    // Its own memory of what happened goes with it.
    await server.restartApiServer({ graceMs: 0 });
    eu.proxy.asked.length = 0;
    eu.proxy.heal();

    await keeps('eu', 'Service/db', 'Service/new');
    expect(eu.proxy.asked).toContain('watch services');
    expect(eu.proxy.asked).toContain('list services');
    expect(await changedAt('db')).toBe(before);
  });
});
