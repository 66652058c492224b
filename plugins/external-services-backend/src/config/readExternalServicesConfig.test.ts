import { mockServices } from '@backstage/backend-test-utils';
import type { JsonObject } from '@backstage/types';
import { readExternalServicesConfig } from './readExternalServicesConfig';

const read = (externalServices?: JsonObject) =>
  readExternalServicesConfig(
    mockServices.rootConfig({ data: { externalServices } }),
    ['192.0.2.53', '2001:db8::53'],
  );

describe('readExternalServicesConfig', () => {
  it('has a default for everything', () => {
    expect(read()).toEqual({
      clusterDomain: 'cluster.local',
      clusters: [],
      clusterSource: {
        kubernetesPlugin: false,
        ignoreNamespaces: ['kube-system', 'kube-public', 'kube-node-lease'],
        staleAfterMs: 150_000,
        graceMs: 900_000,
      },
      environments: [],
      policies: { environments: [] },
      resolvers: [
        {
          name: 'portal',
          title: 'the portal',
          servers: [
            { host: '192.0.2.53', port: 53 },
            { host: '2001:db8::53', port: 53 },
          ],
          timeoutMs: 2_000,
        },
      ],
      resolution: { minTtlMs: 30_000, allow: [], deny: [] },
      history: { maxAgeMs: 7_776_000_000, maxPerLine: 200 },
      reading: { allow: [] },
      repositories: {
        scheduleMs: 300_000,
        freshForMs: 60_000,
        maxFiles: 200,
        maxBytes: 1_000_000,
        timeoutMs: 30_000,
      },
      templates: {
        add: 'template:default/external-service',
        retarget: 'template:default/external-service-retarget',
        remove: 'template:default/external-service-remove',
        check: 'template:default/external-service-check',
      },
    });
  });

  it('keeps the order of environments and knows production by its name', () => {
    const { environments } = read({
      environments: [
        { name: 'live', title: 'Live', production: true, namespace: 'shop' },
        { name: 'production', production: false },
        { name: 'prod' },
        { name: 'dev', resolver: 'portal' },
      ],
    });
    expect(
      environments.map(one => [one.name, one.title, one.production]),
    ).toEqual([
      ['live', 'Live', true],
      ['production', 'production', false],
      ['prod', 'prod', true],
      ['dev', 'dev', false],
    ]);
  });

  it.each([
    ['10.0.0.53', '10.0.0.53', 53],
    ['127.0.0.1:7053', '127.0.0.1', 7053],
    ['2001:db8::53', '2001:db8::53', 53],
    ['[2001:db8::53]:5353', '2001:db8::53', 5353],
  ])('reads the server %s', (server, host, port) => {
    const { resolvers } = read({
      resolvers: [{ name: 'portal', servers: [server] }],
    });
    expect(resolvers[0].servers).toEqual([{ host, port }]);
  });

  it('runs an environment on the cluster of its name unless it names others', () => {
    const { environments } = read({
      clusters: ['dev', 'prod-eu', 'prod-us'].map(name => ({
        name,
        kubeconfig: '/etc/kubeconfig',
      })),
      environments: [
        { name: 'dev' },
        { name: 'staging' },
        { name: 'prod', clusters: ['prod-eu', 'prod-us'] },
      ],
    });
    expect(environments.map(({ clusters }) => clusters)).toEqual([
      ['dev'],
      [],
      ['prod-eu', 'prod-us'],
    ]);
  });

  it.each<[string, JsonObject, string[]]>([
    [
      'an environment on a cluster that does not exist',
      {
        clusters: [{ name: 'eu', inCluster: true }],
        environments: [{ name: 'dev', clusters: ['eu', 'us'] }],
      },
      ['externalServices.environments[0].clusters[1]', "'us'", 'eu'],
    ],
    [
      'an environment on a cluster when there is none',
      { environments: [{ name: 'dev', clusters: ['us'] }] },
      ['externalServices.environments[0].clusters[0]', 'Add it to'],
    ],
    [
      'a resolver that does not exist',
      { environments: [{ name: 'dev', resolver: 'vpn' }] },
      ['externalServices.environments[0].resolver', "'vpn'", 'portal'],
    ],
    [
      'two environments of one name',
      { environments: [{ name: 'dev' }, { name: 'dev' }] },
      ['externalServices.environments[1].name', 'taken'],
    ],
    [
      'two resolvers of one name',
      { resolvers: [{ name: 'a' }, { name: 'a' }] },
      ['externalServices.resolvers[1].name', 'taken'],
    ],
    [
      'a server that is a name',
      { resolvers: [{ name: 'a', servers: ['dns.example.com'] }] },
      ['externalServices.resolvers[0].servers[0]', 'IP address'],
    ],
    [
      'a resolver without a server',
      { resolvers: [{ name: 'a', servers: [] }] },
      ['externalServices.resolvers[0].servers is empty'],
    ],
    [
      'a port that is none',
      { resolvers: [{ name: 'a', servers: ['127.0.0.1:70000'] }] },
      ['externalServices.resolvers[0].servers[0]'],
    ],
    [
      'no files at all',
      { repositories: { maxFiles: 0 } },
      ['externalServices.repositories.maxFiles', 'at least 1'],
    ],
    [
      'no time at all',
      { repositories: { schedule: { seconds: 0 } } },
      ['externalServices.repositories.schedule'],
    ],
    [
      'a policy with a wildcard',
      { environments: [{ name: 'dev', policy: { deny: ['*.example.com'] } }] },
      ['externalServices.environments[0].policy.deny[0]', 'Write example.com'],
    ],
    [
      'an allowed host without owners',
      { reading: { allow: [{ host: 'github.com' }] } },
      ['owners'],
    ],
  ])('refuses %s and names the key', (_name, config, words) => {
    for (const word of words) {
      expect(() => read(config)).toThrow(word);
    }
  });
});
