import type { Entity } from '@backstage/catalog-model';
import type { Knex } from 'knex';
import {
  Mapping,
  MappingsResponse,
} from '@external-services/backstage-plugin-external-services-common';
import { mockCredentials } from '@backstage/backend-test-utils';
import {
  component,
  PortalOptions,
  startPortal,
} from './__testUtils__/startPortal';
import {
  address,
  alias,
  TestDnsServer,
  zoneOf,
} from './__testUtils__/TestDnsServer';
import { databaseIds, testDatabases } from './__testUtils__/testDatabases';
import { TestGitHost } from './__testUtils__/TestGitHost';

const dnsAlias = (name: string, target: string, extra = '') => `apiVersion: v1
kind: Service
metadata:
  name: ${name}
spec:
  type: ExternalName
  externalName: ${target}
  ports:
    - port: 5432
${extra}`;

const fixedAddresses = `apiVersion: v1
kind: Service
metadata:
  name: external-api
spec:
  ports:
    - port: 80
---
apiVersion: discovery.k8s.io/v1
kind: EndpointSlice
metadata:
  name: external-api-1
  labels:
    kubernetes.io/service-name: external-api
addressType: IPv4
ports:
  - port: 80
endpoints:
  - addresses: [203.0.113.1]
  - addresses: [203.0.113.2]
`;

const records = [
  alias('db.example.com', 'edge.example.net'),
  address('edge.example.net', '203.0.113.7'),
  address('db.dev.example.com', '10.8.0.12'),
];

jest.setTimeout(30_000);
const PATIENCE_MS = 20_000;
const POLL_MS = 50;

describe('external-services', () => {
  let git: TestGitHost;
  let dns: TestDnsServer;

  beforeEach(async () => {
    git = await TestGitHost.start();
    dns = await TestDnsServer.start(zoneOf(records));
  });
  afterEach(async () => {
    await Promise.all([git.stop(), dns.stop()]);
  });

  const databases = testDatabases();
  describe.each(databaseIds)('on %s', id => {
    let knex: Knex;
    let portal: Awaited<ReturnType<typeof startPortal>>;

    beforeEach(async () => {
      knex = await databases.init(id);
    });

    async function start(
      entities: Entity[],
      options: Partial<PortalOptions> = {},
    ) {
      portal = await startPortal({
        knex,
        git,
        dns,
        entities,
        ...options,
      });
    }
    afterEach(() => portal?.stop());

    /** Asks again, as the card does, until it holds. */
    async function eventually<T>(
      load: () => Promise<T>,
      holds: (value: T) => boolean,
    ): Promise<T> {
      const deadline = Date.now() + PATIENCE_MS;
      for (;;) {
        const value = await load();
        if (holds(value)) {
          return value;
        }
        if (Date.now() > deadline) {
          throw new Error(`It never came to hold: ${JSON.stringify(value)}`);
        }
        await new Promise(resolve => setTimeout(resolve, POLL_MS));
      }
    }
    /** As if the last reading had been 10 s ago. */
    const letTimePass = () =>
      knex('sources')
        .where('kind', 'repository')
        .decrement('checked_at', 10_000);
    const answerFor = async (name: string): Promise<MappingsResponse> =>
      (await portal.mappings(name).expect(200)).body;
    const checked = ({ items }: MappingsResponse) =>
      items.length > 0 && items.every(item => item.state !== 'checking');
    const settledAnswer = (name: string, holds = checked) =>
      eventually(() => answerFor(name), holds);

    it('answers the mappings of the conventional folder, by environment, resolved', async () => {
      git.commit('shop/orders', {
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
      await start([component('orders', git)]);

      const { items, sources } = await settledAnswer('orders');

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
          url: `http://${git.host}/shop/orders/tree/main/external-services/prod/db.yaml#L1`,
        },
      });
      expect(sources).toMatchObject([
        {
          title: `${git.host}/shop/orders`,
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
      ]);
    });

    it('says "declared" and never "in sync" of addresses', async () => {
      git.commit('shop/products', {
        'external-services/api.yaml': fixedAddresses,
      });
      await start([component('products', git)]);

      const { items } = await settledAnswer('products');

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

    it('reads paths and globs of the annotation, and says which match nothing', async () => {
      git.commit('shop/checkout', {
        'deploy/a.yaml': dnsAlias('a', 'db.example.com'),
        'deploy/b.yaml': dnsAlias('b', 'db.example.com'),
        'deploy/notes.md': 'no manifest',
      });
      await start([
        component('checkout', git, {
          annotations: {
            'external-services/manifests':
              'deploy/*.yaml, ../escape.yaml, gone.yaml',
          },
        }),
      ]);

      const { items, sources } = await settledAnswer('checkout');

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
      ]);
    });

    it('reads other repositories only where the operator allows it', async () => {
      git.commit('platform/gitops', {
        'orders/db.yaml': dnsAlias('external-db', 'db.example.com'),
      });
      git.commit('secret/gitops', {
        'db.yaml': dnsAlias('secret-db', 'db.example.com'),
      });
      const urls = ['platform', 'secret'].map(
        owner => `url:http://${git.host}/${owner}/gitops/tree/main/**/*.yaml`,
      );
      await start(
        [
          component('orders', git, {
            annotations: { 'external-services/manifests': urls.join('\n') },
          }),
        ],
        {
          config: {
            reading: { allow: [{ host: git.host, owners: ['platform'] }] },
          },
        },
      );

      const { items, sources } = await settledAnswer('orders');

      expect(items.map(({ name }) => name)).toEqual(['external-db']);
      expect(sources[1]).toMatchObject({
        status: 'failed',
        error: expect.stringContaining('externalServices.reading.allow'),
      });
      expect(git.requests.join()).not.toContain('secret');
    });

    it('shows what is broken as findings with file and line, beside what is not', async () => {
      git.commit('shop/billing', {
        'external-services/bad.yaml': 'kind: Service\nmetadata: {name: [',
        'external-services/good.yaml': dnsAlias('good', 'db.example.com'),
        'external-services/wrong.yaml': dnsAlias(
          'wrong',
          'https://db.example.com',
        ),
      });
      await start([component('billing', git)]);

      const { items, findings } = await settledAnswer('billing');

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
      git.commit('shop/orders', {
        'external-services/prod/a.yaml': dnsAlias('gone', 'gone.example.com'),
        'external-services/staging/a.yaml': dnsAlias(
          'gone',
          'gone.example.com',
        ),
      });
      await start([component('orders', git)]);

      const { items } = await settledAnswer('orders');

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
      git.commit('shop/orders', {
        'external-services/a.yaml': [1, 2, 3]
          .map(index => dnsAlias(`db-${index}`, 'db.example.com'))
          .join('---\n'),
      });
      await start([component('orders', git)]);

      await settledAnswer('orders');
      expect(dns.asked.sort()).toEqual([
        'udp A db.example.com',
        'udp AAAA db.example.com',
      ]);
    });

    it('follows a merge when somebody looks, without fetching what has not changed', async () => {
      git.commit('shop/orders', {
        'external-services/a.yaml': dnsAlias('old', 'db.example.com'),
      });
      await start([component('orders', git)]);
      await settledAnswer('orders');
      await portal
        .post('/entities/component/default/orders/refresh')
        .expect(200);
      expect(git.archives).toEqual(['shop/orders']);

      git.commit('shop/orders', {
        'external-services/a.yaml': dnsAlias('new', 'db.example.com'),
      });
      await letTimePass();
      // Nobody presses anything: the card only asks again.
      const after = await settledAnswer(
        'orders',
        ({ items }) => items[0].name === 'new',
      );

      expect(after.items).toHaveLength(1);
      expect(git.archives).toEqual(['shop/orders', 'shop/orders']);
      expect(portal.signalled).toContain('external-services:uid-of-orders');
    });

    it('keeps what was read when the repository cannot be read any more, and says why', async () => {
      git.commit('shop/orders', {
        'external-services/a.yaml': dnsAlias('a', 'db.example.com'),
      });
      await start([component('orders', git)]);
      await settledAnswer('orders');

      git.fail(503);
      await portal
        .post('/entities/component/default/orders/refresh')
        .expect(200);
      const { items, sources } = await answerFor('orders');

      expect(items).toHaveLength(1);
      expect(sources[0]).toMatchObject({
        status: 'failed',
        error: 'it answered with status 503',
      });
      expect(JSON.stringify(sources)).not.toContain('secret');
    });

    it.each<[string, number, string]>([
      ['that is not there', 404, 'no such repository or branch'],
      ['that the token may not read', 403, 'token may not read it'],
      ['of a host with too many requests', 429, 'too many requests'],
    ])('names the reason for a repository %s', async (_name, status, error) => {
      git.fail(status);
      await start([component('orders', git)]);
      const { items, sources } = await answerFor('orders');
      expect(items).toEqual([]);
      expect(sources).toMatchObject([
        { status: 'failed', error: expect.stringContaining(error) },
      ]);
    });

    it('gives up on a repository that does not answer, in the time configured', async () => {
      git.fail('silent');
      await start([component('orders', git)], {
        config: { repositories: { timeout: { milliseconds: 100 } } },
      });
      const { sources } = await answerFor('orders');
      expect(sources).toMatchObject([
        { status: 'failed', error: 'it did not answer in time' },
      ]);
    });

    it('answers an empty list for a component without files, and a note for one from no repository', async () => {
      git.commit('shop/invoices', { 'catalog-info.yaml': '' });
      await start([
        component('invoices', git),
        component('local', git, {
          annotations: {
            'backstage.io/managed-by-location':
              'file:/srv/secret/catalog-info.yaml',
          },
        }),
      ]);

      expect(await answerFor('invoices')).toMatchObject({
        items: [],
        findings: [],
        sources: [{ status: 'ok', repository: { files: [] } }],
      });
      const local = await answerFor('local');
      expect(local).toMatchObject({
        items: [],
        sources: [],
        findings: [{ code: 'not-a-repository', severity: 'info' }],
      });
      expect(JSON.stringify(local)).not.toContain('/srv/secret');
    });

    it('answers 304 while nothing but ages has changed', async () => {
      git.commit('shop/products', {
        'external-services/api.yaml': fixedAddresses,
      });
      await start([component('products', git)]);
      await settledAnswer('products');
      const { headers } = await portal.mappings('products');
      expect(headers.etag).toMatch(/^W\//);

      await portal
        .post('/entities/component/default/products/refresh')
        .expect(200);
      await portal
        .mappings('products')
        .set('If-None-Match', headers.etag)
        .expect(304);

      git.commit('shop/products', {});
      await letTimePass();
      await eventually(
        () => portal.mappings('products').set('If-None-Match', headers.etag),
        response => response.status === 200 && response.body.items.length === 0,
      );
    });

    it('refreshes at most once in 10 s for all who ask', async () => {
      git.commit('shop/orders', {
        'external-services/a.yaml': dnsAlias('a', 'db.example.com'),
      });
      await start([component('orders', git)]);
      await settledAnswer('orders');
      const path = '/entities/component/default/orders/refresh';

      expect((await portal.post(path).expect(200)).body).toEqual({
        status: 'refreshed',
        retryAfter: 0,
        checkedAt: expect.any(String),
      });
      const again = (await portal.post(path).expect(200)).body;
      expect(again.status).toBe('tooSoon');
      expect(again.retryAfter).toBeGreaterThan(0);
      expect(again.retryAfter).toBeLessThanOrEqual(10);
    });

    describe('authorisation', () => {
      beforeEach(async () => {
        for (const name of ['orders', 'vault', 'hidden']) {
          git.commit(`shop/${name}`, {
            'external-services/a.yaml': dnsAlias(
              `${name}-db`,
              'db.example.com',
            ),
          });
        }
        await start(
          [
            component('orders', git, { owner: 'group:default/team-shop' }),
            component('vault', git),
            component('hidden', git),
          ],
          {
            hidden: ['hidden'],
            denied: ['external-services.mapping.read component:default/vault'],
          },
        );
      });

      const fleet = (query = '') =>
        eventually(
          async () => (await portal.get(`/mappings${query}`).expect(200)).body,
          ({ items }) => items.length > 0,
        );

      it('answers 404 for an entity that may not be read, as for one that is not there', async () => {
        const hidden = await portal.mappings('hidden').expect(404);
        const absent = await portal.mappings('absent').expect(404);
        expect(hidden.body.error.message.replace('hidden', 'absent')).toBe(
          absent.body.error.message,
        );
        await portal
          .post('/entities/component/default/hidden/refresh')
          .expect(404);
      });

      it('answers 403, without a trace of the mappings, when only the permission is missing', async () => {
        const { text } = await portal.mappings('vault').expect(403);
        expect(text).toContain('external-services.mapping.read');
        expect(text).not.toContain('vault-db');
      });

      it('answers 403 to a refresh without its permission, and tells the card', async () => {
        portal.denied.add('external-services.refresh');
        await portal
          .post('/entities/component/default/orders/refresh')
          .expect(403);
        expect((await answerFor('orders')).actions.refresh).toBe(false);
      });

      it('shows the fleet without what the caller may not read', async () => {
        const { items } = await fleet();
        expect(items).toMatchObject([
          {
            entityRef: 'component:default/orders',
            owner: 'group:default/team-shop',
          },
        ]);
      });

      it('needs the permission for the fleet, for targets and for clusters', async () => {
        portal.denied.add('external-services.fleet.read');
        portal.denied.add('external-services.cluster.read');
        for (const path of [
          '/mappings',
          '/targets/db.example.com',
          '/clusters',
        ]) {
          const { status } = await portal.get(path);
          expect({ path, status }).toEqual({ path, status: 403 });
        }
      });

      it('answers 401 without credentials', async () => {
        const { status } = await portal
          .mappings('orders')
          .set('Authorization', mockCredentials.none.header());
        expect(status).toBe(401);
      });

      it('gives agents what the caller may see', async () => {
        await settledAnswer('orders');
        const invoke = (entityRef: string) =>
          portal.actions.invoke({
            id: 'test:get-external-services',
            input: { entityRef },
            credentials: mockCredentials.user(),
          });

        await expect(invoke('component:default/orders')).resolves.toMatchObject(
          {
            output: { items: [{ name: 'orders-db', state: 'resolves' }] },
          },
        );
        await expect(invoke('vault')).rejects.toThrow(
          'external-services.mapping.read',
        );
        await expect(invoke('hidden')).rejects.toThrow('There is no entity');
      });

      it('records who asked for what, and failures', async () => {
        await portal.mappings('orders').expect(200);
        await portal.mappings('vault').expect(403);
        await portal.get('/clusters').expect(200);
        expect(portal.audited).toEqual([
          {
            event: 'mapping-fetch',
            meta: {
              queryType: 'by-entity',
              entityRef: 'component:default/orders',
            },
            failed: false,
          },
          {
            event: 'mapping-fetch',
            meta: {
              queryType: 'by-entity',
              entityRef: 'component:default/vault',
            },
            failed: true,
          },
          { event: 'cluster-fetch', meta: undefined, failed: false },
        ]);
      });
    });

    describe('the fleet', () => {
      beforeEach(async () => {
        git.commit('shop/orders', {
          'external-services/prod/db.yaml': dnsAlias(
            'external-db',
            'db.example.com',
          ),
          'external-services/dev/db.yaml': dnsAlias(
            'external-db',
            'db.dev.example.com',
          ),
        });
        git.commit('shop/products', {
          'external-services/api.yaml': fixedAddresses,
          'external-services/gone.yaml': dnsAlias('gone', 'gone.example.org'),
        });
        await start([
          component('orders', git, { owner: 'group:default/team-shop' }),
          component('products', git),
        ]);
        await settledAnswer('orders');
        await settledAnswer('products');
      });

      const names = ({ items }: { items: { mapping: Mapping }[] }) =>
        items.map(({ mapping }) => mapping.name);

      it('finds by host, domain, address, range, name, state, environment and owner', async () => {
        const rows: [string, string[]][] = [
          ['', ['external-db', 'gone', 'external-api']],
          ['q=db.example.com', ['external-db']],
          ['q=*.example.org', ['gone']],
          ['q=203.0.113.2', ['external-api']],
          ['q=203.0.113.0/24', ['external-db', 'external-api']],
          ['q=edge.example.net', ['external-db']],
          ['q=external-api', ['external-api']],
          ['q=nothing.example', []],
          ['state=unresolved', ['gone']],
          ['state=unresolved&state=declared', ['gone', 'external-api']],
          ['env=dev&state=resolves', ['external-db']],
          ['owner=group:default/team-shop', ['external-db']],
        ];
        for (const [query, expected] of rows) {
          const { body } = await portal.get(`/mappings?${query}`).expect(200);
          expect({ query, found: names(body) }).toEqual({
            query,
            found: expected,
          });
          expect(body.nextCursor).toBeUndefined();
        }
      });

      it('answers page by page without losing or repeating a row', async () => {
        const found: string[] = [];
        let cursor: string | undefined;
        do {
          const { body } = await portal
            .get('/mappings')
            .query({ limit: 1, ...(cursor && { cursor }) })
            .expect(200);
          found.push(...names(body));
          cursor = body.nextCursor;
        } while (cursor);
        expect(found).toEqual(['external-db', 'gone', 'external-api']);
      });

      it('tells who depends on a name, an alias on the way, and an address', async () => {
        const rows: [string, string[]][] = [
          ['/targets/db.example.com', ['external-db']],
          ['/targets/EDGE.example.net.', ['external-db']],
          ['/targets/203.0.113.7', ['external-db']],
          ['/targets/example.com', []],
        ];
        for (const [path, expected] of rows) {
          const { body } = await portal.get(path).expect(200);
          expect({ path, found: names(body) }).toEqual({
            path,
            found: expected,
          });
        }
      });

      it('refuses wrong queries and names the field', async () => {
        const rows = [
          ['limit=0', 'limit'],
          ['limit=1000', 'limit'],
          ['cursor=nonsense', 'cursor'],
          ['state=broken', 'state'],
        ];
        for (const [query, field] of rows) {
          const { body } = await portal.get(`/mappings?${query}`).expect(400);
          expect(body.error.message).toContain(field);
        }
      });

      it('asks DNS nothing for what a caller types', async () => {
        dns.asked.length = 0;
        await portal.get('/targets/typed.example.com').expect(200);
        await portal.get('/mappings?q=typed.example.com').expect(200);
        expect(dns.asked.join()).not.toContain('typed');
      });
    });

    it('forgets entities, files and names that are gone', async () => {
      git.commit('shop/orders', {
        'external-services/a.yaml': dnsAlias('a', 'db.example.com'),
        'external-services/b.yaml': dnsAlias('b', 'db.dev.example.com'),
      });
      await start([component('orders', git)]);
      await settledAnswer('orders');
      const count = async (kind: string) =>
        Number(
          (await knex('sources').where({ kind }).count('* as n').first())?.n,
        );
      expect([await count('repository'), await count('dns')]).toEqual([1, 2]);

      git.commit('shop/orders', {
        'external-services/a.yaml': dnsAlias('a', 'db.example.com'),
      });
      await portal
        .post('/entities/component/default/orders/refresh')
        .expect(200);
      expect(await count('dns')).toBe(1);

      portal.entities.length = 0;
      await knex('entity_interests').update({ updated_at: 0 });
      await knex('sources').where({ kind: 'catalog' }).update({ next_due: 0 });
      await eventually(
        () => count('repository'),
        left => left === 0,
      );
      expect([
        await count('dns'),
        (await knex('manifest_files')).length,
      ]).toEqual([0, 0]);
    });

    it('validates a text without fetching or resolving anything', async () => {
      await start([]);
      const validate = (body: object) => portal.post('/validate').send(body);

      const { body } = await validate({
        text: dnsAlias('a', 'not a host name'),
        path: 'a.yaml',
      }).expect(200);
      expect(body.findings[0]).toMatchObject({
        severity: 'error',
        path: 'spec.externalName',
        file: 'a.yaml',
      });
      const accepted = await validate({ text: fixedAddresses }).expect(200);
      expect(accepted.body.findings).not.toContainEqual(
        expect.objectContaining({ severity: 'error' }),
      );
      expect((await validate({}).expect(400)).body.error.message).toContain(
        'text',
      );
      await validate({ text: 'x'.repeat(3_000_000) }).expect(413);
      expect(dns.asked).toEqual([]);
    });

    it('offers the template only to those who can see it', async () => {
      git.commit('shop/orders', {});
      const template = {
        apiVersion: 'scaffolder.backstage.io/v1beta3',
        kind: 'Template',
        metadata: { name: 'external-service', namespace: 'default' },
      };
      await start([component('orders', git), template]);
      expect((await answerFor('orders')).actions.addTemplate).toBe(
        'template:default/external-service',
      );
      portal.entities.pop();
      expect((await answerFor('orders')).actions.addTemplate).toBeUndefined();
    });

    it('lists no clusters yet', async () => {
      await start([]);
      expect((await portal.get('/clusters').expect(200)).body).toEqual({
        items: [],
      });
    });
  });
});
