import { mockCredentials } from '@backstage/backend-test-utils';
import { dnsAlias } from '../__testUtils__/manifests';
import { component } from '../__testUtils__/startPortal';
import { databaseIds, testDatabases } from '../__testUtils__/testDatabases';
import { TestWorld } from '../__testUtils__/TestWorld';

describe('What callers may see', () => {
  const databases = testDatabases();
  describe.each(databaseIds)('on %s', id => {
    const world = TestWorld.forEachTest(() => databases.init(id));

    beforeEach(async () => {
      for (const name of ['orders', 'vault', 'hidden']) {
        world.git.commit(`shop/${name}`, {
          'external-services/a.yaml': dnsAlias(`${name}-db`, 'db.example.com'),
        });
      }
      await world.start(
        [
          component('orders', world.git, { owner: 'group:default/team-shop' }),
          component('vault', world.git),
          component('hidden', world.git),
        ],
        {
          hidden: ['hidden'],
          denied: ['external-services.mapping.read component:default/vault'],
        },
      );
    });

    const fleet = (query = '') =>
      world.eventually(
        async () =>
          (await world.portal.get(`/mappings${query}`).expect(200)).body,
        ({ items }) => items.length > 0,
      );

    it('answers 404 for an entity that may not be read, as for one that is not there', async () => {
      const hidden = await world.portal.mappings('hidden').expect(404);
      const absent = await world.portal.mappings('absent').expect(404);
      expect(hidden.body.error.message.replace('hidden', 'absent')).toBe(
        absent.body.error.message,
      );
      await world.portal
        .post('/entities/component/default/hidden/refresh')
        .expect(404);
    });

    it('answers 403, without a trace of the mappings, when only the permission is missing', async () => {
      const { text } = await world.portal.mappings('vault').expect(403);
      expect(text).toContain('external-services.mapping.read');
      expect(text).not.toContain('vault-db');
    });

    it('answers 403 to a refresh without its permission, and tells the card', async () => {
      world.portal.denied.add('external-services.refresh');
      await world.portal
        .post('/entities/component/default/orders/refresh')
        .expect(403);
      expect((await world.answer('orders')).actions.refresh).toBe(false);
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
      world.portal.denied.add('external-services.fleet.read');
      world.portal.denied.add('external-services.cluster.read');
      for (const path of [
        '/mappings',
        '/targets/db.example.com',
        '/clusters',
      ]) {
        const { status } = await world.portal.get(path);
        expect({ path, status }).toEqual({ path, status: 403 });
      }
    });

    it('answers 401 without credentials', async () => {
      const { status } = await world.portal
        .mappings('orders')
        .set('Authorization', mockCredentials.none.header());
      expect(status).toBe(401);
    });

    it('gives agents what the caller may see', async () => {
      await world.settled('orders');
      const invoke = (entityRef: string) =>
        world.portal.actions.invoke({
          id: 'test:get-external-services',
          input: { entityRef },
          credentials: mockCredentials.user(),
        });

      await expect(invoke('component:default/orders')).resolves.toMatchObject({
        output: { items: [{ name: 'orders-db', state: 'resolves' }] },
      });
      await expect(invoke('vault')).rejects.toThrow(
        'external-services.mapping.read',
      );
      await expect(invoke('hidden')).rejects.toThrow('There is no entity');
    });

    it('records who asked for what, and failures', async () => {
      await world.portal.mappings('orders').expect(200);
      await world.portal.mappings('vault').expect(403);
      await world.portal.get('/clusters').expect(200);
      expect(world.portal.audited).toEqual([
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

    it('offers a template only to those who can see it', async () => {
      world.git.commit('shop/orders', {});
      const template = {
        apiVersion: 'scaffolder.backstage.io/v1beta3',
        kind: 'Template',
        metadata: { name: 'external-service', namespace: 'default' },
      };
      await world.start([component('orders', world.git), template]);
      expect((await world.answer('orders')).actions.templates).toEqual({
        add: 'template:default/external-service',
      });
      world.portal.entities.pop();
      expect((await world.answer('orders')).actions.templates).toEqual({});
    });
  });
});
