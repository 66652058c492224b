import type { MappingsResponse } from '@external-services/backstage-plugin-external-services-common';
import { dnsAlias, fixedAddresses } from '../../__testUtils__/manifests';
import { component } from '../../__testUtils__/startPortal';
import { databaseIds, testDatabases } from '../../__testUtils__/testDatabases';
import { TestWorld } from '../../__testUtils__/TestWorld';

describe('Reading repositories', () => {
  const databases = testDatabases();
  describe.each(databaseIds)('on %s', id => {
    const world = TestWorld.forEachTest(() => databases.init(id));

    it('follows a merge when somebody looks, without fetching what has not changed', async () => {
      world.git.commit('shop/orders', {
        'external-services/a.yaml': dnsAlias('old', 'db.example.com'),
      });
      await world.start([component('orders', world.git)]);
      await world.settled('orders');
      await world.refresh('orders');
      expect(world.git.archives).toEqual(['shop/orders']);

      world.git.commit('shop/orders', {
        'external-services/a.yaml': dnsAlias('new', 'db.example.com'),
      });
      await world.letTimePass();
      // Nobody presses anything: the card only asks again.
      const after = await world.settled(
        'orders',
        ({ items }) => items[0].name === 'new',
      );

      expect(after.items).toHaveLength(1);
      expect(world.git.archives).toEqual(['shop/orders', 'shop/orders']);
      expect(world.portal.signalled).toContain(
        'external-services:uid-of-orders',
      );
    });

    it('reads no more often than configured however often somebody looks', async () => {
      world.git.commit('shop/orders', {
        'external-services/a.yaml': dnsAlias('a', 'db.example.com'),
      });
      await world.start([component('orders', world.git)], {
        config: { repositories: { freshFor: { minutes: 10 } } },
      });
      await world.settled('orders');
      const dueNow = () =>
        world.knex('sources').where('kind', 'repository').first('next_due');
      const { next_due: before } = await dueNow();

      await world.letTimePass(300);
      await world.answer('orders');
      expect((await dueNow()).next_due).toBe(before);

      const asked = world.git.requests.length;
      await world.letTimePass(300);
      await world.eventually(
        async () => (await world.answer('orders')) && world.git.requests.length,
        requests => requests > asked,
      );
    });

    it('does not hurry a repository that fails when somebody looks, but when asked to', async () => {
      world.git.fail(503);
      await world.start([component('orders', world.git)]);
      await world.eventually(
        () => world.answer('orders'),
        ({ sources }) => sources[0].status === 'failed',
      );
      const row = () =>
        world.knex('sources').where('kind', 'repository').first();
      // Its next try is far away, so that nothing but haste can bring it.
      await world
        .knex('sources')
        .where('kind', 'repository')
        .update({ next_due: 9e15 });

      await world.letTimePass();
      await world.answer('orders');
      expect(Number((await row()).next_due)).toBe(9e15);

      world.git.commit('shop/orders', {});
      world.git.fail(undefined);
      await world.refresh('orders');
      expect((await row()).failures).toBe(0);
    });

    it('keeps what was read when the repository cannot be read any more, and says why', async () => {
      world.git.commit('shop/orders', {
        'external-services/a.yaml': dnsAlias('a', 'db.example.com'),
      });
      await world.start([component('orders', world.git)]);
      await world.settled('orders');

      world.git.fail(503);
      await world.refresh('orders');
      const { items, sources } = await world.answer('orders');

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
      world.git.fail(status);
      await world.start([component('orders', world.git)]);
      const { items, sources } = await world.answer('orders');
      expect(items).toEqual([]);
      expect(sources).toMatchObject([
        { status: 'failed', error: expect.stringContaining(error) },
      ]);
    });

    it('gives up on a repository that does not answer, in the time configured', async () => {
      world.git.fail('silent');
      await world.start([component('orders', world.git)], {
        config: { repositories: { timeout: { milliseconds: 100 } } },
      });
      const { sources } = await world.answer('orders');
      expect(sources).toMatchObject([
        { status: 'failed', error: 'it did not answer in time' },
      ]);
    });

    it('answers an empty list for a component without files, and a note for one from no repository', async () => {
      world.git.commit('shop/invoices', { 'catalog-info.yaml': '' });
      await world.start([
        component('invoices', world.git),
        component('local', world.git, {
          annotations: {
            'backstage.io/managed-by-location':
              'file:/srv/secret/catalog-info.yaml',
          },
        }),
      ]);

      expect(await world.answer('invoices')).toMatchObject({
        items: [],
        findings: [],
        sources: [{ status: 'ok', repository: { files: [] } }],
      });
      const local = await world.answer('local');
      expect(local).toMatchObject({
        items: [],
        sources: [],
        findings: [{ code: 'not-a-repository', severity: 'info' }],
      });
      expect(JSON.stringify(local)).not.toContain('/srv/secret');
    });

    it('answers 304 while nothing but ages has changed', async () => {
      world.git.commit('shop/products', {
        'external-services/api.yaml': fixedAddresses,
      });
      await world.start([component('products', world.git)]);
      await world.settled('products');
      const { headers } = await world.portal.mappings('products');
      expect(headers.etag).toMatch(/^W\//);

      await world.refresh('products');
      await world.portal
        .mappings('products')
        .set('If-None-Match', headers.etag)
        .expect(304);

      world.git.commit('shop/products', {});
      await world.letTimePass();
      await world.eventually(
        () =>
          world.portal.mappings('products').set('If-None-Match', headers.etag),
        response => response.status === 200 && response.body.items.length === 0,
      );
    });

    it('refreshes at most once in 10 s for all who ask', async () => {
      world.git.commit('shop/orders', {
        'external-services/a.yaml': dnsAlias('a', 'db.example.com'),
      });
      await world.start([component('orders', world.git)]);
      await world.settled('orders');
      const path = '/entities/component/default/orders/refresh';

      expect((await world.portal.post(path).expect(200)).body).toEqual({
        status: 'refreshed',
        retryAfter: 0,
        checkedAt: expect.any(String),
      });
      const again = (await world.portal.post(path).expect(200)).body;
      expect(again.status).toBe('tooSoon');
      expect(again.retryAfter).toBeGreaterThan(0);
      expect(again.retryAfter).toBeLessThanOrEqual(10);
    });

    it('says that a refresh is not finished while a repository does not answer', async () => {
      world.git.commit('shop/orders', {
        'external-services/a.yaml': dnsAlias('a', 'db.example.com'),
      });
      await world.start([component('orders', world.git)]);
      await world.settled('orders');
      world.git.fail('silent');

      const { body } = await world.portal
        .post('/entities/component/default/orders/refresh')
        .expect(200);

      expect(body).toMatchObject({ status: 'checking', retryAfter: 0 });
    });

    it('reads a repository once for all entities in it', async () => {
      world.git.commit('shop/mono', {
        'a/external-services/db.yaml': dnsAlias('db-a', 'db.example.com'),
        'b/external-services/db.yaml': dnsAlias('db-b', 'db.example.com'),
      });
      const inFolder = (name: string) =>
        component(name, world.git, {
          annotations: {
            'backstage.io/managed-by-location': `url:${world.git.fileUrl(
              'shop/mono',
              `${name}/catalog-info.yaml`,
            )}`,
          },
        });
      await world.start([inFolder('a'), inFolder('b')]);

      const { items: ofA } = await world.settled('a');
      const { items: ofB } = await world.settled('b');

      expect(ofA.map(({ name }) => name)).toEqual(['db-a']);
      expect(ofB.map(({ name }) => name)).toEqual(['db-b']);

      const change = dnsAlias('db-c', 'db.example.com');
      world.git.commit('shop/mono', {
        'a/external-services/c.yaml': change,
        'b/external-services/c.yaml': change,
      });
      world.git.archives.length = 0;
      const changed = ({ items }: MappingsResponse) => items[0].name === 'db-c';
      await world.settledLater('a', changed);
      await world.settledLater('b', changed);

      expect(world.git.archives).toEqual(['shop/mono']);
    });

    it.each([
      ['maxFiles', 2, 2],
      ['maxBytes', 300, 2],
    ])(
      'reads no more than %s of a repository, and says so',
      async (key, cap, read) => {
        world.git.commit('shop/orders', {
          'external-services/a.yaml': dnsAlias('a', 'db.example.com'),
          'external-services/b.yaml': dnsAlias('b', 'db.example.com'),
          'external-services/c.yaml': dnsAlias('c', 'db.example.com'),
        });
        await world.start([component('orders', world.git)], {
          config: { repositories: { [key]: cap } },
        });

        const { items, findings } = await world.settled('orders');

        expect(items).toHaveLength(read);
        expect(findings).toMatchObject([
          {
            code: 'repository-capped',
            severity: 'warning',
            hint: expect.stringContaining(
              `externalServices.repositories.${key}`,
            ),
          },
        ]);
      },
    );

    it('reads 20 branches of a repository, whatever catalog files name', async () => {
      world.git.commit('shop/orders', {});
      const branches = Array.from({ length: 22 }, (_, index) =>
        component(`b${index}`, world.git, {
          annotations: {
            'backstage.io/managed-by-location': `url:${world.git.fileUrl(
              'shop/orders',
              'catalog-info.yaml',
            )}`,
            'backstage.io/source-location': `url:http://${world.git.host}/shop/orders/tree/branch-${index}/`,
          },
        }),
      );
      await world.start(branches);
      const statuses = () =>
        world.knex('sources').where('kind', 'repository').pluck('status');
      const all = await world.eventually(
        statuses,
        rows => rows.length === 22 && rows.every(Boolean),
      );
      expect(
        all.filter(status => status.includes('too-many-branches')),
      ).toHaveLength(2);
    });

    it('keeps what every entity wants, whatever one of them says', async () => {
      world.git.commit('shop/orders', {
        'external-services/a.yaml': dnsAlias('a', 'db.example.com'),
        [`external-services/${'long/'.repeat(250)}a.yaml`]: dnsAlias(
          'deep',
          'db.example.com',
        ),
        'external-services/many.yaml': Array.from({ length: 600 }, (_, index) =>
          dnsAlias(`db-${index}`, `h${index}.example.com`),
        ).join('---\n'),
        'external-services/odd.yaml': [
          dnsAlias('"nul\\0"', '"nul\\0.example.com"'),
          dnsAlias('x'.repeat(3_000), 'y'.repeat(3_000)),
        ].join('---\n'),
      });
      const odd = (name: string, annotations: Record<string, string>) =>
        component(name, world.git, {
          annotations,
          owner: `group:default/${'o'.repeat(300)}\0`,
        });
      await world.start([
        odd('long', { 'backstage.io/kubernetes-id': 'k'.repeat(300) }),
        odd('half', { 'backstage.io/kubernetes-id': 'a\ud800' }),
        odd('nul', {
          'backstage.io/kubernetes-label-selector': 'a=b\0',
          'external-services/manifests': 'a\0b.yaml, \ud800.yaml',
        }),
        component('orders', world.git),
      ]);
      const { items, findings } = await world.settled(
        'orders',
        ({ total }) => total > 600,
      );
      expect(items.length).toBeGreaterThan(0);
      expect(JSON.stringify(findings)).toContain('more than 1,000 bytes');
      const { findings: ignored } = await world.settled(
        'long',
        answer => answer.findings.length > 0,
      );
      expect(ignored).toMatchObject([{ code: 'bad-value' }]);
      await world.portal.mappings('half').expect(200);
      await world.portal.mappings('nul').expect(200);
      for (const path of [
        '/mappings?q=%00',
        '/mappings?cursor=%00',
        '/targets/%00',
      ]) {
        await world.portal.get(path).expect(400);
      }
      // Nothing is found to have changed that has not.
      const writes = () =>
        world
          .knex('observed_entities')
          .orderBy('entity_ref')
          .pluck('updated_at');
      const before = await writes();
      await world
        .knex('sources')
        .where('kind', 'catalog')
        .update({ next_due: 1 });
      const scannedAt = async () =>
        (await world.knex('sources').where('kind', 'catalog').first())
          .checked_at;
      const last = await scannedAt();
      await world.eventually(scannedAt, at => at !== last);
      expect(await writes()).toEqual(before);
    });

    it('forgets entities, files and names that are gone', async () => {
      world.git.commit('shop/orders', {
        'external-services/a.yaml': dnsAlias('a', 'db.example.com'),
        'external-services/b.yaml': dnsAlias('b', 'db.dev.example.com'),
      });
      await world.start([component('orders', world.git)]);
      await world.settled('orders');
      const count = async (kind: string) =>
        Number(
          (await world.knex('sources').where({ kind }).count('* as n').first())
            ?.n,
        );
      expect([await count('repository'), await count('dns')]).toEqual([1, 2]);

      world.git.commit('shop/orders', {
        'external-services/a.yaml': dnsAlias('a', 'db.example.com'),
      });
      await world.refresh('orders');
      expect(await count('dns')).toBe(1);

      world.portal.entities.length = 0;
      await world.knex('entity_interests').update({ updated_at: 0 });
      await world
        .knex('sources')
        .where({ kind: 'catalog' })
        .update({ next_due: 0 });
      await world.eventually(
        () => count('repository'),
        left => left === 0,
      );
      expect([
        await count('dns'),
        (await world.knex('manifest_files')).length,
      ]).toEqual([0, 0]);
    });
  });
});
