import { parseManifests } from '../yaml/parseManifests';
import { lintManifests } from './lintManifests';
import type { TargetPolicies, TargetPolicy } from './TargetPolicy';

const alias = (externalName: string, environment?: string) => `apiVersion: v1
kind: Service
metadata:
  name: db
  labels: {${
    environment ? `external-services/environment: ${environment}` : ''
  }}
  annotations:
    external-services/accept: "policy-forbids-target: we know better"
spec:
  type: ExternalName
  externalName: ${JSON.stringify(externalName)}
`;

const slice = (
  address: string,
  addressType = 'IPv4',
) => `apiVersion: discovery.k8s.io/v1
kind: EndpointSlice
metadata: {name: db-1, labels: {kubernetes.io/service-name: db}}
addressType: ${addressType}
ports: [{port: 80}]
endpoints: [{addresses: ['${address}']}]
`;

const fixed = (address: string, metadata = '') => `apiVersion: v1
kind: Service
metadata: {name: db${metadata}}
spec: {ports: [{port: 80}]}
---
${slice(address)}`;

const policies = (
  everywhere: TargetPolicy | undefined,
  prod?: TargetPolicy,
): TargetPolicies => ({
  everywhere,
  environments: [
    { name: 'dev' },
    { name: 'prod', title: 'Live', policy: prod },
  ],
});

function findings(text: string, rules: TargetPolicies, path = 'db.yaml') {
  return lintManifests(parseManifests(text, path).objects, {
    policies: rules,
    environments: rules.environments.map(({ name }) => name),
  }).filter(({ code }) => code === 'policy-forbids-target');
}

const messages = (...args: Parameters<typeof findings>) =>
  findings(...args).map(({ message }) => message);

const EXAMPLE = { allow: ['example.com', '203.0.113.0/24'] };

describe('lintManifests with policies', () => {
  it('says what is forbidden where, what is allowed, and whom to ask', () => {
    expect(
      findings(
        alias('db.partner.example', 'prod'),
        policies({ ...EXAMPLE, contact: 'Ask team-network.' }),
      ),
    ).toEqual([
      {
        code: 'policy-forbids-target',
        severity: 'error',
        path: 'spec.externalName',
        value: 'db.partner.example',
        message:
          'Your organisation does not allow db.partner.example in Live. Allowed: example.com, 203.0.113.0/24. Ask team-network.',
        hint: 'Use a target that is allowed.',
        object: { apiVersion: 'v1', kind: 'Service', name: 'db' },
        file: 'db.yaml',
        position: { line: 10, column: 3 },
      },
    ]);
  });

  it.each<[string, string, TargetPolicies, string[]]>([
    ['nothing without policies', alias('x.test'), { environments: [] }, []],
    ['what is allowed', alias('db.example.com'), policies(EXAMPLE), []],
    ['an allowed address', fixed('203.0.113.9'), policies(EXAMPLE), []],
    [
      'an address that is not allowed',
      fixed('203.0.114.9'),
      policies(EXAMPLE),
      ['203.0.114.9 in any environment. Allowed: example.com, 203.0.113.0/24.'],
    ],
    [
      'addresses where only hosts are allowed',
      fixed('203.0.113.9'),
      policies({ allow: ['example.com'] }),
      ['203.0.113.9 in any environment. Allowed: example.com.'],
    ],
    [
      'a target that is denied although it is allowed',
      alias('db.internal.example.com'),
      policies({ ...EXAMPLE, deny: ['internal.example.com'] }),
      [
        'db.internal.example.com in any environment. Allowed: example.com, 203.0.113.0/24 except internal.example.com.',
      ],
    ],
    [
      'what is denied alone',
      fixed('10.1.2.3'),
      policies({ deny: ['10.0.0.0/8'] }),
      ['10.1.2.3 in any environment. Allowed: everything except 10.0.0.0/8.'],
    ],
    [
      'everything where nothing is allowed',
      alias('db.example.com'),
      policies({ allow: [] }),
      ['db.example.com in any environment. Allowed: nothing.'],
    ],
    [
      'an alias that is an address, as an address',
      alias('10.1.2.3'),
      policies({ deny: ['10.0.0.0/8'] }),
      ['10.1.2.3 in any environment. Allowed: everything except 10.0.0.0/8.'],
    ],
    [
      'what an environment narrows',
      alias('db.example.com', 'prod'),
      policies(EXAMPLE, { allow: ['live.example.com'] }),
      ['db.example.com in Live. Allowed: live.example.com.'],
    ],
    [
      'nothing in another environment',
      alias('db.example.com', 'dev'),
      policies(EXAMPLE, { allow: ['live.example.com'] }),
      [],
    ],
    [
      'what an environment would widen',
      alias('db.partner.example', 'prod'),
      policies(EXAMPLE, { allow: ['partner.example'] }),
      ['db.partner.example in Live. Allowed: example.com, 203.0.113.0/24.'],
    ],
    [
      'what one of all environments forbids, where it is for all of them',
      alias('db.example.com'),
      policies(EXAMPLE, { deny: ['example.com'] }),
      ['db.example.com in Live. Allowed: everything except example.com.'],
    ],
    ...['PROD', 'staging', 'nowhere'].map(
      (name): [string, string, TargetPolicies, string[]] => [
        `what one of all environments forbids in ${name}, which nobody has named`,
        alias('db.example.com', name),
        policies(undefined, { deny: ['example.com'] }),
        ['db.example.com in Live. Allowed: everything except example.com.'],
      ],
    ),
    [
      'addresses for an environment that nobody has named',
      fixed(
        '203.0.113.9',
        ', labels: {external-services/environment: prod}',
      ).replace(
        'kubernetes.io/service-name: db',
        'kubernetes.io/service-name: db, external-services/environment: nowhere',
      ),
      policies(undefined, { deny: ['203.0.113.9'] }),
      ['203.0.113.9 in Live. Allowed: everything except 203.0.113.9.'],
    ],
    [
      'in an environment that has no policy what holds everywhere',
      alias('db.partner.example', 'test'),
      policies(EXAMPLE),
      ['db.partner.example in test. Allowed: example.com, 203.0.113.0/24.'],
    ],
    [
      'a host in a slice',
      slice('db.partner.example', 'FQDN'),
      policies(EXAMPLE),
      [
        'db.partner.example in any environment. Allowed: example.com, 203.0.113.0/24.',
      ],
    ],
    [
      'addresses for the environment of their Service',
      fixed('203.0.113.9', ', labels: {external-services/environment: prod}'),
      policies(undefined, { deny: ['203.0.113.9'] }),
      ['203.0.113.9 in Live. Allowed: everything except 203.0.113.9.'],
    ],
    [
      'no address of a Service of another environment',
      fixed('203.0.113.9', ', labels: {external-services/environment: dev}'),
      policies(undefined, { deny: ['203.0.113.9'] }),
      [],
    ],
  ])('forbids %s', (_what, text, rules, expected) => {
    expect(messages(text, rules)).toEqual(
      expected.map(words => `Your organisation does not allow ${words}`),
    );
  });

  it('knows the environment by its directory', () => {
    const rules = policies(undefined, { allow: [] });
    expect(messages(alias('a.example.com'), rules, 'dev/db.yaml')).toEqual([]);
    expect(
      messages(alias('a.example.com'), rules, 'prod/db.yaml'),
    ).toHaveLength(1);
  });

  it('names whom to ask about everything where an environment names nobody', () => {
    const rules = policies(
      { allow: ['example.com'], contact: 'Ask Ann.' },
      { allow: [] },
    );
    expect(messages(alias('a.example.com', 'prod'), rules)).toEqual([
      'Your organisation does not allow a.example.com in Live. Allowed: nothing. Ask Ann.',
    ]);
  });

  it('names ten of many patterns', () => {
    const allow = Array.from({ length: 12 }, (_, i) => `h${i}.example`);
    expect(messages(alias('x.test'), policies({ allow }))).toEqual([
      expect.stringMatching(/ h9\.example and 2 more\.$/),
    ]);
  });
});
