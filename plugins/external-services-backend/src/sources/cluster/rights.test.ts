import { describeWithControlPlane } from 'cluster/testing';
import { eventually } from '../../__testUtils__/eventually';
import { HeldCluster } from '../../__testUtils__/HeldCluster';
import { addresses, alias, LEAST } from '../../__testUtils__/TestCluster';
import { testDatabases } from '../../__testUtils__/testDatabases';
import { grantingRule } from './grantingRule';

jest.setTimeout(120_000);

const READ_ONLY_ONCE = (resource: string) =>
  grantingRule(resource).replace(', watch', '');

describeWithControlPlane('What the portal may do in a cluster', () => {
  const databases = testDatabases();
  const held = HeldCluster.forEachTest(() => databases.init('SQLITE_3'));
  afterEach(() => held.cluster.grant(LEAST));

  it('shows Services where it may not read slices, says which rule is missing, and recovers when it is granted', async () => {
    await held.cluster.apply(addresses('api', '203.0.113.1'));
    await held.cluster.grant([grantingRule('services')]);
    const replica = await held.start();
    await held.keeps(replica, 'Service/api');
    const { status, seenAt } = await eventually(
      () => replica.row(),
      row => row.status?.endpointSlices.state === 'failed',
    );
    expect(status?.services).toEqual({ state: 'watching' });
    expect(status?.endpointSlices.failure).toEqual({
      code: 'forbidden',
      message: 'it does not let the portal list endpointslices',
      verb: 'list',
      resource: 'endpointslices',
    });
    expect(seenAt).toBeDefined();

    await held.cluster.grant(LEAST);
    await held.watches(replica);
    await held.keeps(replica, 'EndpointSlice/api-1', 'Service/api');
  });

  it('follows a namespace though it may not look into another', async () => {
    const replica = await held.start('a', {
      namespaces: [held.cluster.namespace, 'default'],
    });
    await held.cluster.apply(alias('db', 'db.example.com'));
    await held.keeps(replica, 'Service/db');
    const { status } = await eventually(
      () => replica.row(),
      row =>
        row.status?.services.state === 'failed' &&
        row.status.namespaces?.[held.cluster.namespace].services.state ===
          'watching',
    );
    expect(status?.namespaces).toMatchObject({
      [held.cluster.namespace]: {
        endpointSlices: { state: 'watching' },
        seenAt: expect.any(String),
      },
      default: { services: { failure: { code: 'forbidden', verb: 'list' } } },
    });
    expect(status?.namespaces?.default).not.toHaveProperty('seenAt');
  });

  it('says that it may not watch where it may only list, one verb below the least', async () => {
    await held.cluster.apply(alias('db', 'db.example.com'));
    await held.cluster.grant([
      READ_ONLY_ONCE('services'),
      grantingRule('endpointslices'),
    ]);
    const replica = await held.start();
    const { status } = await eventually(
      () => replica.row(),
      row => row.status?.services.state === 'failed',
    );
    expect(status?.services.failure).toMatchObject({
      code: 'forbidden',
      verb: 'watch',
      resource: 'services',
    });
    expect(await replica.names()).toEqual(['Service/db']);
  });
});
