import fc from 'fast-check';
import { blockedMs, MAX_BLOCKED_MS } from '../__testUtils__/blockedMs';
import { MAX_FILE_LENGTH } from '../yaml/limits';
import { editManifests } from './editManifests';
import type { ManifestChange } from './ManifestChange';

const SERVICE = `apiVersion: v1
kind: Service
metadata: {name: db}
spec: {type: ExternalName, externalName: db.example.com}
`;

const CHANGES: ManifestChange[] = [
  {
    action: 'add',
    path: 'a.yaml',
    manifests: [
      {
        apiVersion: 'v1',
        kind: 'Service',
        metadata: { name: 'db' },
        spec: { type: 'ExternalName', externalName: 'db.example.com' },
      },
    ],
  },
  {
    action: 'retarget',
    mapping: { name: 'db' },
    target: { dnsName: 'x.example.com' },
  },
  {
    action: 'retarget',
    mapping: { name: 'db' },
    target: { addresses: ['203.0.113.7'] },
  },
  {
    action: 'ports',
    mapping: { name: 'db' },
    ports: [{ port: 80, protocol: 'TCP' }],
  },
  { action: 'rename', mapping: { name: 'db' }, name: 'x' },
  { action: 'remove', mapping: { name: 'db' } },
];

const filled = (piece: string) =>
  piece.repeat(Math.floor((MAX_FILE_LENGTH - 1000) / piece.length));

/** 3000 addresses, the most that a service has, in slices as they are rendered. */
const ADDRESSES = Array.from(
  { length: 3000 },
  (_, i) => `10.0.${Math.floor(i / 256)}.${i % 256}`,
);

const LARGEST = [
  'apiVersion: v1\nkind: Service\nmetadata: {name: db}\nspec: {ports: [{port: 80}]}\n',
  ...[0, 1, 2].map(
    n =>
      `apiVersion: discovery.k8s.io/v1\nkind: EndpointSlice\nmetadata: {name: db-ipv4-${n}, labels: {kubernetes.io/service-name: db}}\naddressType: IPv4\nports: [{port: 80}]\nendpoints:\n${ADDRESSES.slice(
        n * 1000,
        n * 1000 + 1000,
      )
        .map(address => `  - addresses: [${address}]\n`)
        .join('')}`,
  ),
].join('---\n');

describe('hostile input of editManifests', () => {
  it('never throws, whatever the files', () => {
    const fragment = fc.oneof(
      fc.string(),
      fc.constantFrom(
        ...[SERVICE, '---\n', '...\n', '\n', '- ', ': ', '{', '}', '[', ']'],
        ...['"', "'", 'db', 'name: db\n', 'kind: Service\n', 'kind: List\n'],
        ...['items:\n', '  ', '&a ', '*a', '!!str ', 'metadata:', 'spec:\n'],
        ...['\t', '\r\n', '\r', '|', '>', '? ', '%YAML 1.2\n', '<<: ', '#'],
        ...['\ufeff', '\\', '{{ x }}', '__proto__: ', 'apiVersion: v1\n'],
      ),
    );
    const path = fc.constantFrom('a.yaml', 'a.json');
    fc.assert(
      fc.property(
        fc.array(fragment, { maxLength: 12 }),
        fc.constantFrom(...CHANGES),
        path,
        (fragments, change, name) => {
          const files = [{ path: name, content: fragments.join('') }];
          const result = editManifests(files, change);
          expect(['edited', 'unchanged', 'refused']).toContain(result.status);
          // Nothing but what the text is like may be in the way.
          expect(JSON.stringify(result)).not.toMatch(/Error: /);
        },
      ),
      { numRuns: 2000 },
    );
  });

  it.each([
    ['many documents of the name', filled(`${SERVICE}---\n`)],
    ['many other documents', filled(`${SERVICE.replace(/db/g, 'xdb')}---\n`)],
    ['many mentions', filled('# db\n')],
    ['one long line', `${SERVICE}# ${filled('db ')}`],
    ['many empty documents', filled('---\n')],
    ['many ports', `${SERVICE}a: [${filled('{port: 1},')}]`],
    ['deep nesting', `${SERVICE}a: ${'['.repeat(100_000)}`],
    ['a long scalar', `${SERVICE}a: "${filled('db\\n')}"`],
    ['many line breaks', `${SERVICE}${filled('\r\n')}`],
    ['the largest service', LARGEST],
    ['a file that is too large', filled(SERVICE).repeat(3)],
  ])('is not held up by %s', (_what, content) => {
    const files = [{ path: 'a.yaml', content }];
    for (const change of CHANGES) {
      expect(blockedMs(() => editManifests(files, change))).toBeLessThan(
        MAX_BLOCKED_MS,
      );
    }
  });

  it('exchanges one of 3000 addresses in one slice within the time it may block', () => {
    const files = [{ path: 'a.yaml', content: LARGEST }];
    const change: ManifestChange = {
      action: 'retarget',
      mapping: { name: 'db' },
      target: { addresses: ['10.9.9.9', ...ADDRESSES.slice(1)] },
    };
    expect(editManifests(files, change)).toEqual({
      status: 'edited',
      changed: [
        {
          path: 'a.yaml',
          content: LARGEST.replace('[10.0.0.0]', '[10.9.9.9]'),
        },
      ],
      deleted: [],
    });
    expect(blockedMs(() => editManifests(files, change))).toBeLessThan(
      MAX_BLOCKED_MS,
    );
  });
});
