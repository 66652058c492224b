import type { ServiceManifest } from '../manifests/Manifest';
import { editManifests } from './editManifests';
import type { EditOptions } from './EditOptions';
import type { EditFile } from './EditResult';
import type { ManifestChange } from './ManifestChange';

const DB = `# The payments database; ask team-payments
apiVersion: v1
kind: Service
metadata:
    name: db   # as the app knows it
    annotations:
        external-services/id: "component:default/orders#db"
spec:
    type: ExternalName
    externalName: 'db.example.com'  # the vendor's
    ports:
    - name: pg
      port: 5432
`;

const API = `apiVersion: v1
kind: Service
metadata: {name: api}
spec:
  ports:
    - port: 80
---
apiVersion: discovery.k8s.io/v1
kind: EndpointSlice
metadata:
  name: api-ipv4
  labels: {kubernetes.io/service-name: api}
addressType: IPv4
ports: [{port: 80}]
endpoints:
  # Frankfurt
  - addresses: ["203.0.113.1"]
  # Dublin
  - addresses: ["203.0.113.2"]  # since May
`;

const alias = (name: string): ServiceManifest => ({
  apiVersion: 'v1',
  kind: 'Service',
  metadata: { name },
  spec: { type: 'ExternalName', externalName: `${name}.example.com` },
});

const file = (content: string, path = 'a.yaml'): EditFile => ({
  path,
  content,
});

const toDns = (name: string, dnsName: string): ManifestChange => ({
  action: 'retarget',
  mapping: { name },
  target: { dnsName },
});

const toAddresses = (name: string, ...addresses: string[]): ManifestChange => ({
  action: 'retarget',
  mapping: { name },
  target: { addresses },
});

const remove = (name: string): ManifestChange => ({
  action: 'remove',
  mapping: { name },
});

function expectUnchanged(content: string, change: ManifestChange): void {
  expect(editManifests([file(content)], change)).toEqual({
    status: 'unchanged',
  });
}

/** The one file after an edit. */
function edited(
  content: string,
  change: ManifestChange,
  path = 'a.yaml',
): string {
  const result = editManifests([file(content, path)], change);
  expect(result).toMatchObject({ status: 'edited', deleted: [] });
  return result.status === 'edited' ? result.changed[0].content : '';
}

/** Lines that only one of two texts has, marked. */
function difference(before: string, after: string): string[] {
  const old = before.split('\n');
  const lines = after.split('\n');
  return [
    ...old.filter(line => !lines.includes(line)).map(line => `-${line}`),
    ...lines.filter(line => !old.includes(line)).map(line => `+${line}`),
  ];
}

describe('editManifests', () => {
  it('changes a DNS name and nothing else', () => {
    expect(edited(DB, toDns('db', 'db2.example.com'))).toBe(
      DB.replace('db.example.com', 'db2.example.com'),
    );
  });

  it('changes one address in one slice, and keeps the comments beside the others', () => {
    expect(edited(API, toAddresses('api', '203.0.113.1', '203.0.113.9'))).toBe(
      API.replace('203.0.113.2', '203.0.113.9'),
    );
  });

  it('puts a new address where it belongs, written like its neighbours', () => {
    const change = toAddresses(
      'api',
      '203.0.113.1',
      '203.0.113.9',
      '203.0.113.2',
    );
    expect(edited(API, change)).toBe(
      API.replace('  # Dublin', '  - addresses: ["203.0.113.9"]\n  # Dublin'),
    );
  });

  it('leaves addresses where they stand, in whatever order they are wanted', () => {
    const text = API.replace(
      '["203.0.113.1"]',
      '["203.0.113.1"]\n    conditions: {ready: false}',
    ).replace(
      '  # since May',
      '  # since May\n    conditions: {ready: false}\n    zone: b',
    );
    expectUnchanged(text, toAddresses('api', '203.0.113.2', '203.0.113.1'));
    expect(
      edited(
        text,
        toAddresses('api', '203.0.113.2', '203.0.113.9', '203.0.113.1'),
      ),
    ).toBe(
      text.replace('  # Dublin', '  - addresses: ["203.0.113.9"]\n  # Dublin'),
    );
  });

  it('leaves the addresses of Endpoints where they stand, ready or not', () => {
    const text = `apiVersion: v1
kind: Service
metadata: {name: api}
spec: {ports: [{port: 80}]}
---
apiVersion: v1
kind: Endpoints
metadata: {name: api}
subsets:
  - addresses:
      - ip: 203.0.113.1 # Frankfurt
    notReadyAddresses:
      - ip: 203.0.113.2
        nodeName: b # Dublin
    ports: [{port: 80}]
`;
    expectUnchanged(text, toAddresses('api', '203.0.113.2', '203.0.113.1'));
    expect(
      edited(
        text,
        toAddresses('api', '203.0.113.2', '203.0.113.1', '203.0.113.3'),
      ),
    ).toBe(
      text.replace('# Frankfurt\n', '# Frankfurt\n      - ip: 203.0.113.3\n'),
    );
  });

  it('fills a slice that holds nothing yet, and leaves another alone', () => {
    const [service, slice] = API.split('---\n');
    const empty = slice.replace(/endpoints:\n[^]*/, 'endpoints: []\n');
    const text = `${service}---\n${empty}`;
    const ipv6 = `---\n${empty
      .replace(/IPv4/, 'IPv6')
      .replace('-ipv4', '-ipv6')}`;
    expect(edited(text + ipv6, toAddresses('api', '203.0.113.1'))).toBe(
      text.replace('endpoints: []', 'endpoints: [{addresses: [203.0.113.1]}]') +
        ipv6,
    );
  });

  it('adds to the slices beside Endpoints of which Kubernetes makes none', () => {
    const endpoints = (addresses: string) => `---
apiVersion: v1
kind: Endpoints
metadata:
  name: api
  labels: {endpointslice.kubernetes.io/skip-mirror: "true"}
subsets: [{addresses: [${addresses}], ports: [{port: 80}]}]
`;
    const text = API + endpoints('{ip: 203.0.113.1}');
    const more = edited(
      text,
      toAddresses('api', '203.0.113.1', '203.0.113.2', '2001:db8::1'),
    );
    expect(more).toContain('addressType: IPv6');
    expect(more).toContain('- 2001:db8::1');
    const elsewhere = edited(
      API + endpoints('{ip: 203.0.113.9}'),
      toAddresses(
        'api',
        '203.0.113.1',
        '203.0.113.2',
        '203.0.113.9',
        '203.0.113.3',
      ),
    );
    expect(elsewhere.split('kind: Endpoints\n')[0]).toContain('"203.0.113.3"');
    expect(
      edited(
        API + endpoints('{ip: 203.0.113.9}').replace('"true"', '"false"'),
        toAddresses(
          'api',
          '203.0.113.1',
          '203.0.113.2',
          '203.0.113.9',
          '2001:db8::1',
        ),
      ),
    ).not.toContain('IPv6');
  });

  it('takes an address out with its comments', () => {
    expect(edited(API, toAddresses('api', '203.0.113.1'))).toBe(
      API.slice(0, API.indexOf('  # Dublin')),
    );
  });

  it('leaves an address alone that is written in another form', () => {
    const v6 = API.replace('IPv4', 'IPv6')
      .replace('203.0.113.1', '2001:DB8:0::1')
      .replace('203.0.113.2', '2001:db8::2');
    expect(edited(v6, toAddresses('api', '2001:db8::1', '2001:db8::3'))).toBe(
      v6.replace('2001:db8::2', '2001:db8::3'),
    );
  });

  it('adds a slice for a new family, and the policy that makes it used', () => {
    const change = toAddresses(
      'api',
      '203.0.113.1',
      '203.0.113.2',
      '2001:db8::1',
    );
    expect(edited(API, change)).toBe(
      `${API.replace(
        'spec:\n',
        'spec:\n  ipFamilyPolicy: PreferDualStack\n',
      )}---
apiVersion: discovery.k8s.io/v1
kind: EndpointSlice
metadata:
  name: api-ipv6
  labels:
    kubernetes.io/service-name: api
    endpointslice.kubernetes.io/managed-by: backstage-external-services
addressType: IPv6
ports:
  - port: 80
    protocol: TCP
endpoints:
  - addresses:
      - 2001:db8::1
`,
    );
  });

  it('turns a DNS name into addresses in the indentation of the file', () => {
    const after = edited(`${DB}---\n${API}`, toAddresses('db', '203.0.113.7'));
    expect(after).toBe(`${DB.replace(/ {4}type.*\n.*\n/, '')}---
apiVersion: discovery.k8s.io/v1
kind: EndpointSlice
metadata:
    name: db-ipv4
    labels:
        kubernetes.io/service-name: db
        endpointslice.kubernetes.io/managed-by: backstage-external-services
    annotations:
        external-services/id: component:default/orders#db
addressType: IPv4
ports:
- name: pg
  port: 5432
  protocol: TCP
endpoints:
- addresses:
  - 203.0.113.7
---
${API}`);
  });

  it('writes Endpoints for what was an alias when it is asked to', () => {
    const result = editManifests([file(DB)], toAddresses('db', '203.0.113.7'), {
      endpoints: 'Endpoints',
    });
    expect(result).toMatchObject({
      changed: [{ content: expect.stringContaining('kind: Endpoints\n') }],
    });
  });

  it('turns addresses into a DNS name and removes the slices', () => {
    expect(edited(`${API}---\n${DB}`, toDns('api', 'api.example.com'))).toBe(
      `${API.slice(0, API.indexOf('---')).replace(
        'spec:\n',
        'spec:\n  type: ExternalName\n  externalName: api.example.com\n',
      )}---\n${DB}`,
    );
  });

  it('takes what a slice forwards to from the Service when an alias gets addresses', () => {
    const text = DB.replace('port: 5432', 'port: 5432\n      targetPort: 6432');
    expect(edited(text, toAddresses('db', '203.0.113.7'))).toMatch(
      /ports:\n- name: pg\n {2}port: 6432/,
    );
  });

  it('renames what follows the name, and no other text', () => {
    const text = `${API}---\n${DB.replace(
      'metadata:\n',
      'metadata:\n    labels: {app: db, team: db}\n',
    )}`;
    expect(
      difference(
        text,
        edited(text, {
          action: 'rename',
          mapping: { name: 'db' },
          name: 'orders-db',
        }),
      ),
    ).toEqual([
      '-    name: db   # as the app knows it',
      '-        external-services/id: "component:default/orders#db"',
      '+    name: orders-db   # as the app knows it',
      '+        external-services/id: "component:default/orders#orders-db"',
    ]);
    expect(
      difference(
        API,
        edited(API, { action: 'rename', mapping: { name: 'api' }, name: 'x' }),
      ),
    ).toEqual([
      '-metadata: {name: api}',
      '-  name: api-ipv4',
      '-  labels: {kubernetes.io/service-name: api}',
      '+metadata: {name: x}',
      '+  name: x-ipv4',
      '+  labels: {kubernetes.io/service-name: x}',
    ]);
  });

  it('keeps the name of a slice that is not named after its Service', () => {
    const text = API.replace('api-ipv4', 'shared-addresses');
    expect(
      edited(text, { action: 'rename', mapping: { name: 'api' }, name: 'x' }),
    ).toContain('name: shared-addresses');
  });

  it('changes ports in the Service and its slices together', () => {
    const change: ManifestChange = {
      action: 'ports',
      mapping: { name: 'api' },
      ports: [
        { name: 'http', port: 80, targetPort: 8080, protocol: 'TCP' },
        { name: 'dns', port: 53, protocol: 'UDP' },
      ],
    };
    expect(edited(API, change)).toBe(
      API.replace(
        '    - port: 80\n',
        '    - name: http\n      port: 80\n      targetPort: 8080\n    - name: dns\n      port: 53\n      protocol: UDP\n',
      ).replace(
        '[{port: 80}]',
        '[{name: http, port: 8080}, {name: dns, port: 53, protocol: UDP}]',
      ),
    );
  });

  it('keeps what else a port says', () => {
    const text = API.replace(
      '- port: 80\n',
      '- port: 80 # public\n      nodePort: 30080\n',
    ).replace('spec:\n', 'spec:\n  type: NodePort\n');
    const change: ManifestChange = {
      action: 'ports',
      mapping: { name: 'api' },
      ports: [{ port: 81, protocol: 'TCP' }],
    };
    expect(edited(text, change)).toBe(
      text
        .replace('port: 80 #', 'port: 81 #')
        .replace('{port: 80}', '{port: 81}'),
    );
  });

  it('removes a mapping from among others, and the file with the last one', () => {
    expect(edited(`${DB}---\n${API}`, remove('db'))).toBe(API);
    expect(edited(`${DB}---\n${API}`, remove('api'))).toBe(DB);
    expect(editManifests([file(DB)], remove('db'))).toEqual({
      status: 'edited',
      changed: [],
      deleted: ['a.yaml'],
    });
  });

  it('takes along the slices that an alias once had, and no others', () => {
    const [, slice] = API.replace(/\bapi\b/g, 'db').split('---\n');
    const used = `---\n${API.replace(/\bapi\b/g, 'db').replaceAll(
      '{name: db}',
      '{name: db, namespace: other}',
    )}`;
    const mapping = { name: 'db', namespace: null };
    expect(edited(`${DB}---\n${slice}---\n${API}`, remove('db'))).toBe(API);
    const renamed = edited(`${DB}---\n${slice}`, {
      action: 'rename',
      mapping,
      name: 'pg',
    });
    expect(renamed).toContain('name: pg-ipv4');
    expect(renamed).toContain('{kubernetes.io/service-name: pg}');
    expect(edited(`${DB}${used}`, { action: 'remove', mapping })).toBe(
      used.slice(4),
    );
  });

  it('keeps the head of a file whose first document goes', () => {
    expect(edited(`# Owner: team-shop\n\n${DB}---\n${API}`, remove('db'))).toBe(
      `# Owner: team-shop\n\n${API}`,
    );
    expect(edited(`---\n${DB}---\n${API}`, remove('db'))).toBe(`---\n${API}`);
  });

  it('keeps a licence and notes for tools right above the first document', () => {
    const licence = '# Copyright Shop Ltd.\n# Licence: Apache 2.0\n';
    expect(edited(`${licence}${DB}---\n${API}`, remove('db'))).toBe(
      `${licence}# The payments database; ask team-payments\n${API}`,
    );
    const schema = '# yaml-language-server: $schema=x\n';
    expect(edited(`---\n${schema}${DB}---\n${API}`, remove('db'))).toBe(
      `---\n${schema}# The payments database; ask team-payments\n${API}`,
    );
  });

  it('keeps the notes at the end of a file whose last document goes', () => {
    const notes = '\n# end of file\n\n# notes\n';
    expect(edited(`${DB}---\n${API}${notes}`, remove('api'))).toBe(DB + notes);
    expect(edited(`${DB}---\n${API}# beside\n`, remove('api'))).toBe(DB);
  });

  it('keeps a file in which comments are left, and adds to it beside them', () => {
    const notes = '# Owned by team-shop, see RUNBOOK\n';
    const more = '---\n# nothing here, keep\n';
    expect(edited(`${notes}---\n${DB}${more}`, remove('db'))).toBe(
      notes + more,
    );
    const add: ManifestChange = {
      action: 'add',
      path: 'a.yaml',
      manifests: [alias('new')],
    };
    const added = edited(notes + more, add);
    expect(added.startsWith(`${notes}${more}---\napiVersion: v1\n`)).toBe(true);
    expect(edited(added, remove('new'))).toBe(notes + more);
    expect(editManifests([file(`${DB}---\n`)], remove('db'))).toMatchObject({
      changed: [],
      deleted: ['a.yaml'],
    });
  });

  it('edits a mapping that is spread over files', () => {
    const [service, slice] = API.split('---\n');
    const files = [
      file(service, 'service.yaml'),
      file(slice, 'addresses.yaml'),
      file(DB, 'db.yaml'),
    ];
    expect(editManifests(files, remove('api'))).toEqual({
      status: 'edited',
      changed: [],
      deleted: ['service.yaml', 'addresses.yaml'],
    });
    expect(
      editManifests(files, toAddresses('api', '203.0.113.1')),
    ).toMatchObject({ changed: [{ path: 'addresses.yaml' }], deleted: [] });
  });

  it('adds to the end of a file in its line ends, with or without a last one', () => {
    const change: ManifestChange = {
      action: 'add',
      path: 'a.yaml',
      manifests: [alias('new')],
    };
    const crlf = API.replace(/\n/g, '\r\n');
    expect(edited(crlf, change)).toBe(
      `${crlf}---\r\napiVersion: v1\r\nkind: Service\r\nmetadata:\r\n  name: new\r\nspec:\r\n  type: ExternalName\r\n  externalName: new.example.com\r\n`,
    );
    expect(edited(API.trimEnd(), change)).toMatch(
      /# since May\n---\n[^]*new\.example\.com$/,
    );
  });

  it('makes a file for what is added, as renderFiles would write it', () => {
    expect(
      editManifests([file(API)], {
        action: 'add',
        path: 'new.yaml',
        manifests: [alias('new')],
      }),
    ).toEqual({
      status: 'edited',
      changed: [
        {
          path: 'new.yaml',
          content:
            'apiVersion: v1\nkind: Service\nmetadata:\n  name: new\nspec:\n  type: ExternalName\n  externalName: new.example.com\n',
        },
      ],
      deleted: [],
    });
  });

  it.each([
    ['a list', '{"apiVersion":"v1","kind":"List","items":[', ']}'],
    [
      'a list in lines',
      '{\n  "apiVersion": "v1",\n  "kind": "List",\n  "items": [\n    ',
      '\n  ]\n}\n',
    ],
  ])('edits JSON: %s', (_what, start, end) => {
    const service = (name: string) =>
      `{"apiVersion": "v1", "kind": "Service", "metadata": {"name": "${name}"}, "spec": {"type": "ExternalName", "externalName": "${name}.example.com"}}`;
    const text = `${start}${service('db')}${end}`;
    const after = edited(
      text,
      { action: 'add', path: 'a.json', manifests: [alias('new')] },
      'a.json',
    );
    expect(JSON.parse(after).items).toEqual([alias('db'), alias('new')]);
    expect(edited(after, remove('new'), 'a.json')).toBe(text);
    const moved = edited(text, toDns('db', 'x.example.com'), 'a.json');
    expect(moved).toBe(text.replace('db.example.com', 'x.example.com'));
  });

  it('follows a text under a block mark, a tag and an anchor', () => {
    const text = DB.replace(
      "'db.example.com'  # the vendor's",
      '>-\n        db.example.com',
    ).replace('name: db ', 'name: !!str &name db ');
    expect(edited(text, toDns('db', 'x.example.com'))).toBe(
      text.replace('db.example.com', 'x.example.com'),
    );
    expect(
      edited(text, { action: 'rename', mapping: { name: 'db' }, name: 'x' }),
    ).toContain('name: !!str &name x ');
  });

  it('quotes a name that YAML would take for something else', () => {
    expect(
      edited(DB, { action: 'rename', mapping: { name: 'db' }, name: 'on' }),
    ).toContain("name: 'on'   # as the app knows it");
  });

  it('tells mappings of one name apart by environment and namespace', () => {
    const files = ['dev', 'prod'].map(name =>
      file(DB, `external-services/${name}/db.yaml`),
    );
    const options: EditOptions = { environments: ['dev', 'prod'] };
    const change = toDns('db', 'x.example.com');
    expect(editManifests(files, change, options)).toMatchObject({
      status: 'refused',
      reason: 'ambiguous',
      file: 'external-services/prod/db.yaml',
      line: 2,
    });
    expect(
      editManifests(
        files,
        {
          ...change,
          mapping: { name: 'db', environment: 'prod' },
        } as ManifestChange,
        options,
      ),
    ).toMatchObject({ changed: [{ path: 'external-services/prod/db.yaml' }] });
  });

  it('tells what is declared for none apart from what is declared for one', () => {
    const files = [file(DB), file(DB, 'prod/db.yaml')];
    const found = (mapping: { environment?: string | null }) =>
      editManifests(
        files,
        {
          action: 'retarget',
          mapping: { name: 'db', ...mapping },
          target: { dnsName: 'x.example.com' },
        },
        { environments: ['prod'] },
      );
    expect(found({ environment: null })).toMatchObject({
      changed: [{ path: 'a.yaml' }],
    });
    expect(found({ environment: 'prod' })).toMatchObject({
      changed: [{ path: 'prod/db.yaml' }],
    });
    expect(found({})).toMatchObject({ reason: 'ambiguous' });
    const shop = DB.replace(
      '    name: db',
      '    namespace: shop\n    name: db',
    );
    expect(
      editManifests([file(`${shop}---\n${DB}`)], {
        action: 'remove',
        mapping: { name: 'db', namespace: null },
      }),
    ).toMatchObject({ changed: [{ content: shop }] });
  });

  it('writes a name in lower case where the API server refuses it as it is', () => {
    const text = DB.replace('db.example.com', 'DB.example.com');
    expect(edited(text, toDns('db', 'db.example.com'))).toBe(DB);
    expectUnchanged(
      DB.replace('db.example.com', 'db.example.com.'),
      toDns('db', 'db.example.com'),
    );
  });

  it('answers unchanged when the files say already what is wanted', () => {
    const files = [file(`${DB}---\n${API}`)];
    const changes: ManifestChange[] = [
      toDns('db', 'DB.example.com.'),
      toAddresses('api', '203.0.113.1', '203.0.113.2'),
      { action: 'rename', mapping: { name: 'gone' }, name: 'db' },
      remove('gone'),
      {
        action: 'ports',
        mapping: { name: 'api' },
        ports: [{ port: 80, targetPort: 80, protocol: 'TCP' }],
      },
    ];
    expect(changes.map(change => editManifests(files, change))).toEqual(
      changes.map(() => ({ status: 'unchanged' })),
    );
  });
});
