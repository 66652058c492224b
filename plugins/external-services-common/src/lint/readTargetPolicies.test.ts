import { readTargetPolicies } from './readTargetPolicies';

describe('readTargetPolicies', () => {
  it.each([undefined, null, {}, { clusterDomain: 'k8s.example' }])(
    'finds none in %j',
    config => {
      expect(readTargetPolicies(config)).toEqual({ environments: [] });
    },
  );

  it('reads what holds everywhere and in each environment', () => {
    const policy = {
      allow: ['example.com', '203.0.113.0/24'],
      deny: ['internal.example.com'],
      contact: 'Ask team-network.',
    };
    expect(
      readTargetPolicies({
        policy,
        environments: [
          { name: 'dev', namespace: 'shop' },
          { name: 'prod', title: 'Live', policy: { allow: [] } },
        ],
      }),
    ).toEqual({
      everywhere: policy,
      environments: [
        { name: 'dev' },
        { name: 'prod', title: 'Live', policy: { allow: [] } },
      ],
    });
  });

  it.each<[unknown, string]>([
    [
      { policy: { allow: ['example.com', '*.example.com'] } },
      'externalServices.policy.allow[1] covers nothing. Write example.com, which covers its subdomains too',
    ],
    [
      { policy: { deny: ['10.0.0.1/8'] } },
      'externalServices.policy.deny[0] is no range of addresses. Write its first address and its length, for example 203.0.113.0/24 or 2001:db8::/32',
    ],
    [
      { policy: { allowed: ['example.com'] } },
      'externalServices.policy has a key that is not known. Use allow, deny and contact',
    ],
    [
      { policy: 'example.com' },
      'externalServices.policy is no object. Write allow, deny and contact below it',
    ],
    [
      { policy: { allow: 'example.com' } },
      'externalServices.policy.allow is no list',
    ],
    [
      { policy: { allow: [10] } },
      'externalServices.policy.allow[0] is no text',
    ],
    [
      {
        environments: [
          { name: 'dev' },
          { name: 'prod', policy: { deny: ['*'] } },
        ],
      },
      'externalServices.environments[1].policy.deny[0] is no host name. Write it without scheme, port and wildcard, for example example.com',
    ],
  ])('refuses %j with key and remedy', (config, message) => {
    expect(() => readTargetPolicies(config)).toThrow(new Error(message));
  });
});
