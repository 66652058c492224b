import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { kubeconfig } from 'cluster/control-plane';
import { describeWithControlPlane } from 'cluster/testing';
import { eventually } from '../../__testUtils__/eventually';
import {
  type Fault,
  FaultProxy,
  type ProxiedRequest,
} from '../../__testUtils__/FaultProxy';
import { HeldCluster } from '../../__testUtils__/HeldCluster';
import { alias } from '../../__testUtils__/TestCluster';
import { testDatabases } from '../../__testUtils__/testDatabases';
import type { TestReplica } from '../../__testUtils__/TestReplica';
import type { ClusterAccess } from '../../config/ExternalServicesConfig';

jest.setTimeout(120_000);

type TokenAccess = Extract<ClusterAccess, { kind: 'token' }>;

describeWithControlPlane(
  'A cluster that is held while something is wrong',
  () => {
    const databases = testDatabases();
    const held = HeldCluster.forEachTest(() => databases.init('SQLITE_3'));

    it.each<[string, (asked: ProxiedRequest) => Fault | undefined, number?]>([
      ['resets every connection', () => ({ kind: 'reset' })],
      ['answers 500', () => ({ kind: 'status', status: 500 })],
      ['answers 429', () => ({ kind: 'status', status: 429 })],
      ['answers 403', () => ({ kind: 'status', status: 403 })],
      ['answers 401', () => ({ kind: 'status', status: 401 })],
      // Each stream waits for an answer for half a minute.
      ['hangs', () => ({ kind: 'hang' }), 2],
      [
        'has forgotten the version, and then cuts every list in the middle',
        ({ watch }) =>
          watch ? { kind: 'status', status: 410 } : { kind: 'cut', bytes: 600 },
      ],
      [
        'has forgotten the version, and then fails at the second page',
        ({ watch, continued }) => {
          if (watch) {
            return { kind: 'status', status: 410 };
          }
          return continued ? { kind: 'reset' } : undefined;
        },
      ],
      [
        'has forgotten the version, and then answers lists as others do',
        ({ watch }) => ({ kind: 'status', status: watch ? 410 : 200 }),
      ],
      [
        'cuts every watch in the middle of an object',
        ({ watch }) => (watch ? { kind: 'cut', bytes: 300 } : undefined),
      ],
    ])(
      'never deletes what is still there while the server %s, and catches up afterwards',
      async (_, fault, tries = 5) => {
        held.cluster.proxy.pageSize = 1;
        await held.cluster.apply(
          [
            alias('kept', 'kept.example.com'),
            alias('kept-too', 'kept.example.com'),
            alias('gone', 'gone.example.com'),
          ].join('---'),
        );
        const replica = await held.start();
        await held.keeps(
          replica,
          'Service/gone',
          'Service/kept',
          'Service/kept-too',
        );
        await held.watches(replica);
        const written = await held.changedAt('kept', 'kept-too');

        const { asked } = held.cluster.proxy;
        const before = asked.length;
        held.cluster.proxy.fault = fault;
        held.cluster.proxy.resetAll();
        await held.cluster.delete('services', 'gone');
        await held.cluster.apply(alias('new', 'new.example.com'));
        await eventually(
          () => asked.length,
          length => length >= before + tries,
        );
        expect(await replica.names()).toEqual(
          expect.arrayContaining(['Service/kept', 'Service/kept-too']),
        );

        held.cluster.proxy.heal();
        held.cluster.proxy.resetAll();
        await held.keeps(
          replica,
          'Service/kept',
          'Service/kept-too',
          'Service/new',
        );
        // A row that was deleted in between would have been written anew.
        expect(await held.changedAt('kept', 'kept-too')).toEqual(written);
      },
    );

    it.each([
      ['ten minutes ahead', 600_000],
      ['ten minutes behind', -600_000],
    ])(
      'keeps its lease, deletes nothing and knows no age below zero when the clock of the database jumps %s',
      async (_, skewMs) => {
        await held.cluster.apply(alias('kept', 'kept.example.com'));
        const replica = await held.start();
        await held.keeps(replica, 'Service/kept');
        await held.watches(replica);
        const { generation } = await replica.row();
        const written = await held.changedAt('kept');

        replica.skewMs = skewMs;
        await held.cluster.apply(alias('new', 'new.example.com'));
        await held.keeps(replica, 'Service/kept', 'Service/new');
        const now = await replica.sources.now();
        const row = await eventually(
          () => replica.row(),
          ({ leaseUntil = 0 }) =>
            leaseUntil > now && leaseUntil <= now + 2 * 25_000,
        );
        expect(row).toMatchObject({ holder: 'a', generation });
        const seen = [row.seenAt, Date.parse(row.status?.lastEventAt ?? '')];
        const later = await replica.sources.now();
        seen.forEach(at => {
          expect(at).toBeLessThanOrEqual(later);
          expect(at).toBeGreaterThan(later - 60_000);
        });
        expect(await held.changedAt('kept')).toEqual(written);
      },
    );

    it('depends in nothing on the clock of the portal', async () => {
      const clock = Date.now;
      jest.spyOn(Date, 'now').mockImplementation(() => clock() + 600_000);
      try {
        await held.cluster.apply(alias('db', 'db.example.com'));
        const replica = await held.start();
        await held.keeps(replica, 'Service/db');
        const { seenAt, leaseUntil } = await held.watches(replica);
        const now = await replica.sources.now();
        expect(now).toBeLessThan(clock() + 60_000);
        expect(seenAt).toBeLessThanOrEqual(now);
        expect(leaseUntil).toBeLessThanOrEqual(now + 25_000);
      } finally {
        jest.restoreAllMocks();
      }
    });

    describe('with certificates', () => {
      const DAY_MS = 24 * 60 * 60_000;
      const expired = {
        notBefore: new Date(Date.now() - 2 * DAY_MS),
        notAfter: new Date(Date.now() - DAY_MS),
      };
      const failure = async (replica: TestReplica) => {
        const { status } = await eventually(
          () => replica.row(),
          row => row.status?.services.state === 'failed',
        );
        return status?.services.failure;
      };

      it('says that the certificate of the server has expired, and goes on by itself when it is renewed', async () => {
        const { client } = held.cluster;
        const authority = client.authority();
        const here = { commonName: 'front', hosts: ['127.0.0.1'] };
        const front = await FaultProxy.start(
          client.info.server,
          authority.certificate,
          await authority.issue(here),
        );
        try {
          await held.cluster.apply(alias('db', 'db.example.com'));
          const access = held.cluster.config().access as TokenAccess;
          const replica = await held.start('a', {
            access: {
              ...access,
              url: front.url,
              caData: Buffer.from(authority.certificate).toString('base64'),
            },
          });
          await held.keeps(replica, 'Service/db');
          await held.watches(replica);

          front.renew(await authority.issue({ ...here, ...expired }));
          expect(await failure(replica)).toEqual({
            code: 'certificate',
            message: 'its certificate has expired',
          });
          expect(await replica.names()).toEqual(['Service/db']);

          front.renew(await authority.issue(here));
          await held.watches(replica);
          await held.cluster.apply(alias('new', 'new.example.com'));
          await held.keeps(replica, 'Service/db', 'Service/new');
        } finally {
          await front.stop();
        }
      });

      it('says that its own certificate is not accepted once it has expired, and goes on by itself when it is renewed', async () => {
        const { client, namespace } = held.cluster;
        const folder = await mkdtemp(join(tmpdir(), 'kubeconfig-'));
        const path = join(folder, 'config');
        const write = async (validity: object) => {
          const authority = client.authority();
          const credentials = await authority.issue({
            commonName: `system:serviceaccount:${namespace}:portal`,
            ...validity,
          });
          const content = kubeconfig({
            name: 'eu',
            server: client.info.server,
            certificateAuthority: authority.certificate,
            credentials,
          });
          await writeFile(path, content);
        };
        try {
          await held.cluster.apply(alias('db', 'db.example.com'));
          await write(expired);
          const replica = await held.start('a', {
            access: { kind: 'kubeconfig', path },
          });
          expect(await failure(replica)).toMatchObject({
            code: 'unauthorised',
            message: expect.stringContaining('has expired'),
          });

          await write({});
          await held.watches(replica);
          await held.keeps(replica, 'Service/db');
        } finally {
          await rm(folder, { recursive: true });
        }
      });
    });
  },
);
