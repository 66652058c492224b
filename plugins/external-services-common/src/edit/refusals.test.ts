import { MAX_FILE_LENGTH } from '../yaml/limits';
import { editManifests } from './editManifests';
import type { ManifestChange } from './ManifestChange';

const DB = `apiVersion: v1
kind: Service
metadata: {name: db}
spec: {type: ExternalName, externalName: db.example.com}
`;

const slice = (name: string, addressType = 'IPv4', address = '203.0.113.1') =>
  `apiVersion: discovery.k8s.io/v1
kind: EndpointSlice
metadata: {name: ${name}, labels: {kubernetes.io/service-name: api}}
addressType: ${addressType}
ports: [{port: 80}]
endpoints: [{addresses: [${address}]}]
`;

const service = (name: string, spec = 'ports: [{port: 80}]') =>
  `apiVersion: v1\nkind: Service\nmetadata: {name: ${name}}\nspec: {${spec}}\n`;

const API = `${service('api')}---\n${slice('api-ipv4')}`;
const DIRECT = `${service('api', 'clusterIP: None')}---\n${slice('api-ipv4')}`;

const toDns = (name: string): ManifestChange => ({
  action: 'retarget',
  mapping: { name },
  target: { dnsName: 'x.example.com' },
});

const direct = (name: string, headless: boolean): ManifestChange => ({
  action: 'retarget',
  mapping: { name },
  target: { addresses: ['203.0.113.9'], headless },
});

const rename = (name: string, to: string): ManifestChange => ({
  action: 'rename',
  mapping: { name },
  name: to,
});

describe('refusals of editManifests', () => {
  const cases: [string, string, ManifestChange, object][] = [
    [
      'a template',
      `${API}---\n${DB.replace('db.example.com', '{{ .Values.host }}')}`,
      toDns('db'),
      {
        reason: 'template',
        message: 'a.yaml:12 is generated from a template. Change it there.',
        line: 12,
        wanted: [
          { content: expect.stringContaining('externalName: x.example.com') },
        ],
      },
    ],
    [
      'slices from a template',
      `${service('api')}---\n${slice('api-ipv4', 'IPv4', '{{ .Values.ip }}')}`,
      toDns('api'),
      { reason: 'template', line: 5 },
    ],
    [
      'an alias',
      `${API}---\n${DB.replace('{name: db}', '{name: db, labels: *l}')}`,
      toDns('db'),
      { reason: 'alias', line: 15 },
    ],
    [
      'a broken document',
      `${API}---\nkind: Service\nmetadata: {name: db\n`,
      toDns('db'),
      {
        reason: 'unreadable',
        message: expect.stringMatching(/not valid YAML/),
      },
    ],
    [
      'a mapping that is not there',
      API,
      toDns('db'),
      {
        reason: 'not-found',
        message: 'No file declares db. Check the name, or add it.',
      },
    ],
    [
      'a mapping that is there twice',
      `${DB}---\n${DB}`,
      toDns('db'),
      { reason: 'ambiguous', line: 6 },
    ],
    [
      'the name of another',
      `${DB}---\n${API}`,
      rename('api', 'db'),
      { reason: 'name-taken', line: 1 },
    ],
    [
      'the name of a slice that belongs to no Service',
      `${API}---\n${slice('db-ipv4').replace(
        'service-name: api',
        'service-name: x',
      )}`,
      rename('api', 'db'),
      { reason: 'name-taken', line: 13 },
    ],
    [
      'addresses that two mappings share',
      `${['dev', 'prod']
        .map(environment =>
          service('api').replace(
            '{name: api}',
            `{name: api, namespace: ${environment}}`,
          ),
        )
        .join('---\n')}---\n${slice('api-ipv4')}`,
      {
        ...toDns('api'),
        mapping: { name: 'api', namespace: 'dev' },
      } as ManifestChange,
      { reason: 'shared', line: 11 },
    ],
    [
      'a Service that is to become headless',
      API,
      direct('api', true),
      {
        reason: 'headless-switch',
        line: 1,
        message: expect.stringContaining('Add api-direct beside it'),
        wanted: [
          {
            path: 'a.yaml',
            content: expect.stringContaining('clusterIP: None'),
          },
        ],
      },
    ],
    [
      'a headless Service that is to become another',
      DIRECT,
      direct('api', false),
      {
        reason: 'headless-switch',
        message: expect.stringContaining(
          'accepts this change of a headless service and ignores it',
        ),
      },
    ],
    [
      'a Service that is to lose its first address family',
      API,
      {
        action: 'retarget',
        mapping: { name: 'api' },
        target: { addresses: ['2001:db8::1'] },
      },
      {
        reason: 'family-switch',
        line: 1,
        message: expect.stringContaining('here IPv4'),
      },
    ],
    [
      'a name that the server would refuse',
      DB,
      rename('db', 'Not_A_Name'),
      {
        reason: 'not-accepted',
        message: expect.stringMatching(/Kubernetes would refuse/),
      },
    ],
    [
      'slices of host names',
      `${service('api')}---\n${slice('api-x', 'FQDN', 'a.example.com')}`,
      direct('api', false),
      { reason: 'not-editable', line: 6 },
    ],
    [
      'a text in several lines',
      DB.replace(
        '{type: ExternalName, externalName: db.example.com}',
        '\n  type: ExternalName\n  externalName: |\n    db.example.com\n    x\n',
      ),
      toDns('db'),
      {
        reason: 'not-editable',
        message:
          'a.yaml:7 is written in a way that cannot be changed without risk. Change it by hand.',
        wanted: [{ content: expect.stringContaining('x.example.com') }],
      },
    ],
    ...[API, DIRECT, DB.replace('name: db', 'name: api')].map(
      (content): [string, string, ManifestChange, object] => [
        'a target without addresses',
        content,
        {
          action: 'retarget',
          mapping: { name: 'api' },
          target: { addresses: [], headless: content === DIRECT },
        },
        {
          reason: 'not-accepted',
          message:
            'a.yaml:1 needs at least one address. Name one, or remove api.',
          line: 1,
        },
      ],
    ),
    [
      'documents that only their end marks part',
      `# team-shop\n${DB}...\n${API}`,
      toDns('db'),
      { reason: 'not-editable', file: 'a.yaml', line: 2 },
    ],
  ];

  it.each(cases)('refuses %s', (_what, content, change, expected) => {
    expect(editManifests([{ path: 'a.yaml', content }], change)).toMatchObject({
      status: 'refused',
      ...expected,
    });
  });

  it('refuses to add to a JSON file that is no list', () => {
    const content = '{"apiVersion": "v1", "kind": "ConfigMap"}';
    expect(
      editManifests([{ path: 'a.json', content }], {
        action: 'add',
        path: 'a.json',
        manifests: [
          {
            apiVersion: 'v1',
            kind: 'Service',
            metadata: { name: 'db' },
            spec: { type: 'ExternalName', externalName: 'db.example.com' },
          },
        ],
      }),
    ).toMatchObject({ status: 'refused', reason: 'not-editable' });
  });

  it('says in which file to write by hand, or nothing to write', () => {
    const template = DB.replace('db.example.com', '{{ .Values.host }}');
    expect(
      editManifests([{ path: 'a.yaml', content: template }], toDns('db')),
    ).toMatchObject({ wanted: [{ path: 'a.yaml' }] });
    expect(
      editManifests([{ path: 'a.yaml', content: DB }], {
        action: 'retarget',
        mapping: { name: 'db', namespace: 'shop', environment: null },
        target: { dnsName: 'x.example.com' },
      }),
    ).toEqual({
      status: 'refused',
      reason: 'not-found',
      message:
        'No file declares db in namespace shop without an environment. Check the name, or add it.',
    });
  });

  it('lets a template of something else be', () => {
    const content = `${DB}---\nkind: Ingress\nspec:\n  host: {{ .Values.host }}\n  service: db # kind Service\n`;
    expect(
      editManifests([{ path: 'a.yaml', content }], toDns('db')),
    ).toMatchObject({ status: 'edited' });
  });

  it('does not write what would be too large to be read', () => {
    const content = `${DB}${'#\n'.repeat((MAX_FILE_LENGTH - DB.length) / 2)}`;
    expect(
      editManifests([{ path: 'a.yaml', content }], rename('db', 'longer-name')),
    ).toMatchObject({ status: 'refused', reason: 'unreadable' });
  });
});
