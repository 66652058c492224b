import { dnsAlias, fixedAddresses } from './__testUtils__/manifests';
import { databaseIds, testDatabases } from './__testUtils__/testDatabases';
import { TestWorld } from './__testUtils__/TestWorld';

describe('Validation and clusters', () => {
  const databases = testDatabases();
  describe.each(databaseIds)('on %s', id => {
    const world = TestWorld.forEachTest(() => databases.init(id));

    it('validates a text without fetching or resolving anything', async () => {
      await world.start([]);
      const validate = (body: object) =>
        world.portal.post('/validate').send(body);

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
      expect(world.dns.asked).toEqual([]);
    });

    it('holds a text against the policies of the organisation', async () => {
      await world.start([], {
        config: {
          policy: { allow: ['example.com'], contact: 'Ask team-network.' },
        },
      });
      const { body } = await world.portal
        .post('/validate')
        .send({ text: dnsAlias('a', 'db.partner.example'), path: 'dev/a.yaml' })
        .expect(200);
      expect(body.findings).toContainEqual(
        expect.objectContaining({
          code: 'policy-forbids-target',
          severity: 'error',
          path: 'spec.externalName',
          value: 'db.partner.example',
          message:
            'Your organisation does not allow db.partner.example in dev. Allowed: example.com. Ask team-network.',
          position: { line: 7, column: 3 },
        }),
      );
    });

    it('lists no clusters yet', async () => {
      await world.start([]);
      expect((await world.portal.get('/clusters').expect(200)).body).toEqual({
        items: [],
      });
    });
  });
});
