import { dnsAlias, fixedAddresses } from './__testUtils__/manifests';
import { component } from './__testUtils__/startPortal';
import { databaseIds, testDatabases } from './__testUtils__/testDatabases';
import { address, zoneOf } from './__testUtils__/TestDnsServer';
import { TestWorld } from './__testUtils__/TestWorld';

describe('The mappings of an entity', () => {
  const databases = testDatabases();
  describe.each(databaseIds)('on %s', id => {
    const world = TestWorld.forEachTest(() => databases.init(id));

    it('answers the mappings of the conventional folder, by environment, resolved', async () => {
      world.git.commit('shop/orders', {
        'catalog-info.yaml': 'kind: Component',
        'external-services/dev/db.yaml': dnsAlias(
          'external-db',
          'db.dev.example.com',
        ),
        'external-services/prod/db.yaml': dnsAlias(
          'external-db',
          'db.example.com',
        ),
        'other/db.yaml': dnsAlias('unwanted', 'db.example.com'),
      });
      await world.start([component('orders', world.git)]);

      const { items, sources } = await world.settled('orders');

      expect(items).toHaveLength(1);
      expect(items[0]).toMatchObject({
        id: 'shop/external-db',
        fullName: 'external-db.shop.svc.cluster.local',
        kind: 'dns-alias',
        state: 'resolves',
      });
      expect(
        items[0].lines.map(line => [line.environment?.name, line.target]),
      ).toEqual([
        ['dev', { dnsName: 'db.dev.example.com' }],
        ['prod', { dnsName: 'db.example.com' }],
      ]);
      expect(items[0].lines[1]).toMatchObject({
        resolution: {
          viewpoint: 'the portal',
          chain: [
            { name: 'db.example.com', target: 'edge.example.net', ttl: 300 },
          ],
          addresses: [{ address: '203.0.113.7', ttl: 60 }],
        },
        declaration: {
          path: 'external-services/prod/db.yaml',
          line: 1,
          url: `http://${world.git.host}/shop/orders/tree/main/external-services/prod/db.yaml#L1`,
        },
      });
      expect(sources).toMatchObject([
        {
          title: `${world.git.host}/shop/orders`,
          status: 'ok',
          repository: {
            mode: 'conventional',
            branch: 'main',
            missing: [],
            files: [
              'external-services/dev/db.yaml',
              'external-services/prod/db.yaml',
            ],
          },
        },
        { kind: 'dns', title: 'the portal', status: 'ok' },
      ]);
    });

    it('says "declared" and never "in sync" of addresses', async () => {
      world.git.commit('shop/products', {
        'external-services/api.yaml': fixedAddresses,
      });
      await world.start([component('products', world.git)]);

      const { items } = await world.settled('products');

      expect(items[0]).toMatchObject({
        kind: 'fixed-addresses',
        state: 'declared',
      });
      expect(items[0].lines[0].target).toEqual({
        addresses: ['203.0.113.1', '203.0.113.2'],
      });
      expect(items[0].lines[0].checks.map(check => check.result)).toEqual([
        'passed',
        'notChecked',
        'notChecked',
        'notChecked',
        'notChecked',
      ]);
    });

    it('says of a target that the organisation forbids in one environment that it is not allowed', async () => {
      world.git.commit('shop/orders', {
        'external-services/dev/api.yaml': fixedAddresses,
        'external-services/prod/api.yaml': fixedAddresses,
      });
      await world.start([component('orders', world.git)], {
        config: {
          environments: [
            { name: 'dev' },
            { name: 'prod', policy: { deny: ['203.0.113.2'] } },
          ],
        },
      });

      const { items } = await world.settled('orders');

      expect(items[0].state).toBe('not-allowed');
      expect(
        items[0].lines.map(line => [line.environment?.name, line.state]),
      ).toEqual([
        ['dev', 'declared'],
        ['prod', 'not-allowed'],
      ]);
      expect(items[0].lines[1].reasons).toMatchObject([
        {
          state: 'not-allowed',
          code: 'policy-forbids-target',
          params: {
            target: '203.0.113.2',
            message:
              'Your organisation does not allow 203.0.113.2 in prod. Allowed: everything except 203.0.113.2.',
          },
        },
      ]);
    });

    it('reads paths and globs of the annotation, and says which match nothing', async () => {
      world.git.commit('shop/checkout', {
        'deploy/a.yaml': dnsAlias('a', 'db.example.com'),
        'deploy/b.yaml': dnsAlias('b', 'db.example.com'),
        'deploy/notes.md': 'no manifest',
      });
      await world.start([
        component('checkout', world.git, {
          annotations: {
            'external-services/manifests':
              'deploy/*.yaml, ../escape.yaml, gone.yaml',
          },
        }),
      ]);

      const { items, sources } = await world.settled('checkout');

      expect(items.map(({ name }) => name)).toEqual(['a', 'b']);
      expect(sources).toMatchObject([
        {
          status: 'ok',
          repository: { mode: 'annotation', missing: ['gone.yaml'] },
        },
        {
          status: 'failed',
          error: expect.stringContaining('leads out of the repository'),
        },
        { kind: 'dns', status: 'ok' },
      ]);
    });

    it('reads other repositories only where the operator allows it', async () => {
      world.git.commit('platform/gitops', {
        'orders/db.yaml': dnsAlias('external-db', 'db.example.com'),
      });
      world.git.commit('secret/gitops', {
        'db.yaml': dnsAlias('secret-db', 'db.example.com'),
      });
      const urls = ['platform', 'secret'].map(
        owner =>
          `url:http://${world.git.host}/${owner}/gitops/tree/main/**/*.yaml`,
      );
      await world.start(
        [
          component('orders', world.git, {
            annotations: { 'external-services/manifests': urls.join('\n') },
          }),
        ],
        {
          config: {
            reading: {
              allow: [{ host: world.git.host, owners: ['platform'] }],
            },
          },
        },
      );

      const { items, sources } = await world.settled('orders');

      expect(items.map(({ name }) => name)).toEqual(['external-db']);
      expect(sources[1]).toMatchObject({
        status: 'failed',
        error: expect.stringContaining('externalServices.reading.allow'),
      });
      expect(world.git.requests.join()).not.toContain('secret');
    });

    it('shows what is broken as findings with file and line, beside what is not', async () => {
      world.git.commit('shop/billing', {
        'external-services/bad.yaml': 'kind: Service\nmetadata: {name: [',
        'external-services/good.yaml': dnsAlias('good', 'db.example.com'),
        'external-services/wrong.yaml': dnsAlias(
          'wrong',
          'https://db.example.com',
        ),
      });
      await world.start([component('billing', world.git)]);

      const { items, findings } = await world.settled('billing');

      expect(items.map(({ name, state }) => [name, state])).toEqual([
        ['wrong', 'invalid'],
        ['good', 'resolves'],
      ]);
      expect(items[0].lines[0].findings[0]).toMatchObject({
        severity: 'error',
        path: 'spec.externalName',
        file: 'external-services/wrong.yaml',
        position: { line: 7 },
      });
      expect(findings).toMatchObject([
        {
          severity: 'error',
          file: 'external-services/bad.yaml',
          position: { line: 2 },
        },
      ]);
    });

    it('tells a failed lookup where the environment has this viewpoint, and is neutral elsewhere', async () => {
      world.git.commit('shop/orders', {
        'external-services/prod/a.yaml': dnsAlias('gone', 'gone.example.com'),
        'external-services/staging/a.yaml': dnsAlias(
          'gone',
          'gone.example.com',
        ),
      });
      await world.start([component('orders', world.git)]);

      const { items } = await world.settled('orders');

      expect(items[0].lines).toMatchObject([
        {
          environment: { name: 'staging' },
          state: 'declared',
          resolution: { status: 'notVisibleHere' },
        },
        {
          environment: { name: 'prod' },
          state: 'unresolved',
          resolution: { status: 'failed', failure: 'no-such-name' },
          reasons: [
            { code: 'no-such-name', params: { target: 'gone.example.com' } },
          ],
        },
      ]);
    });

    it('resolves a name once however many mappings share it', async () => {
      world.git.commit('shop/orders', {
        'external-services/a.yaml': [1, 2, 3]
          .map(index => dnsAlias(`db-${index}`, 'db.example.com'))
          .join('---\n'),
      });
      await world.start([component('orders', world.git)]);

      await world.settled('orders');
      expect(world.dns.asked.sort()).toEqual([
        'udp A db.example.com',
        'udp AAAA db.example.com',
      ]);
    });

    it('says once of a DNS server that dies that it does, and keeps the last good answers', async () => {
      const zone = zoneOf([address('db.example.com', '203.0.113.7', 0)]);
      world.dns.serve(zone);
      world.git.commit('shop/orders', {
        'external-services/prod/a.yaml': dnsAlias('db', 'db.example.com'),
      });
      await world.start([component('orders', world.git)], {
        config: { resolution: { minTtl: { milliseconds: 100 } } },
      });
      await world.settled('orders');
      const state = (expected: string) =>
        world.settled('orders', ({ items }) => items[0].state === expected);

      world.dns.serve(() => undefined);
      const { items, sources } = await state('unknown');

      const [{ resolution }] = items[0].lines;
      expect(resolution).toMatchObject({
        status: 'unanswered',
        failure: 'no-answer',
        addresses: [],
        lastGood: { addresses: [{ address: '203.0.113.7' }] },
      });
      expect(sources).toMatchObject([
        { kind: 'repository', status: 'ok' },
        {
          id: 'dns:portal',
          kind: 'dns',
          status: 'failed',
          failure: 'no-answer',
          seenAt: resolution.lastGood!.at,
        },
      ]);
      expect(resolution.lastGood!.at <= resolution.since!).toBe(true);
      expect(resolution.since! < resolution.checkedAt!).toBe(true);

      world.dns.serve(zone);
      expect(
        (await state('resolves')).items[0].lines[0].resolution,
      ).toMatchObject({
        status: 'resolved',
        addresses: [{ address: '203.0.113.7' }],
      });
      expect(world.portal.signalled).toContain(
        'external-services:uid-of-orders',
      );
    });
  });
});
