import { ControlPlane, startControlPlane } from 'cluster/control-plane';
import { describeWithControlPlane } from 'cluster/testing';
import { eventually } from '../__testUtils__/eventually';
import { alias } from '../__testUtils__/TestCluster';
import { testDatabases } from '../__testUtils__/testDatabases';
import { TestReplica } from '../__testUtils__/TestReplica';
import { openDatabase } from '../database/openDatabase';

jest.setTimeout(180_000);

describeWithControlPlane('An API server that crashes', () => {
  const databases = testDatabases();
  let cluster: ControlPlane;
  let replica: TestReplica;

  beforeAll(async () => {
    cluster = await startControlPlane({ dns: false });
  });
  afterAll(async () => {
    await replica.stop();
    await cluster.stop();
  });

  it('is said to be out of reach, keeps what is known, and is followed again by itself', async () => {
    const apply = (manifest: string) =>
      cluster.kubectl(['apply', '--filename=-'], manifest);
    await apply(alias('db', 'db.example.com'));
    const knex = await openDatabase({
      getClient: () => databases.init('SQLITE_3'),
    });
    replica = await TestReplica.start(knex, [
      {
        name: 'eu',
        title: 'Europe',
        access: { kind: 'kubeconfig', path: cluster.kubeconfigPath },
      },
    ]);
    await eventually(
      () => replica.row(),
      ({ status }) => status?.phase === 'watching' && status.objects === 1,
    );

    await cluster.stopApiServer({ graceMs: 0 });
    const { status } = await eventually(
      () => replica.row(),
      row => row.status?.phase === 'failed',
    );
    expect(status).toMatchObject({
      objects: 1,
      services: {
        failure: {
          code: 'unreachable',
          message: 'it cannot be reached: the connection was refused',
        },
      },
    });
    expect(status?.connectedSince).toBeUndefined();
    expect(await replica.names()).toEqual(['Service/db']);

    await cluster.startApiServer();
    await apply(alias('new', 'new.example.com'));
    await eventually(
      () => replica.names(),
      names => names.join() === 'Service/db,Service/new',
      60_000,
    );
    await eventually(
      () => replica.row(),
      row => row.status?.phase === 'watching',
      60_000,
    );
  });
});
