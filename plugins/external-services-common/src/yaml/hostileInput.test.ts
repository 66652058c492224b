import fc from 'fast-check';
import { blockedMs, MAX_BLOCKED_MS } from '../__testUtils__/blockedMs';
import { collectExternalServices } from '../manifests/collectExternalServices';
import { lintManifests } from '../lint/lintManifests';
import { renderManifests } from '../manifests/renderManifests';
import { validateManifests } from '../validation/validateManifests';
import {
  MAX_BROKEN_DOCUMENTS,
  MAX_DOCUMENTS,
  MAX_ENTRIES,
  MAX_FILE_LENGTH,
  MAX_KEYS_PER_MAP,
} from './limits';
import { parseManifests } from './parseManifests';
import { stringifyManifests } from './stringifyManifests';

const SERVICE = `apiVersion: v1
kind: Service
metadata: {name: db}
spec: {type: ExternalName, externalName: db.example.com}
`;

/** All that happens to a file, as one go. */
function read(text: string) {
  const parsed = parseManifests(text, 'x.yaml');
  return {
    ...parsed,
    collected: collectExternalServices(parsed.objects),
    findings: [
      ...parsed.findings,
      ...validateManifests(parsed.objects),
      ...lintManifests(parsed.objects),
    ],
  };
}

const manyKeys = (count: number) =>
  `apiVersion: v1\nkind: Service\nmetadata:\n  name: db\n  labels:\n${Array.from(
    { length: count },
    (_, i) => `    k${i}: v`,
  ).join('\n')}\n`;

const aliasBomb = Array.from(
  { length: 9 },
  (_, i) => `l${i}: &l${i} [${`*l${i - 1},`.repeat(9)}]`,
)
  .join('\n')
  .replace('[*l-1', '["lol"')
  .replace(/\*l-1/g, '"lol"');

describe('hostile input', () => {
  it.each([
    ['an alias bomb', `${aliasBomb}\nkind: Service\n`, 'aliases-not-supported'],
    ['32,000 keys in a map', manyKeys(10_000), 'too-large'],
    ['one key too many', manyKeys(MAX_KEYS_PER_MAP + 1), 'too-large'],
    ['nesting of 100,000 in flow', '['.repeat(100_000), 'too-large'],
    ['nesting of 100,000 maps', '{a: '.repeat(60_000), 'too-large'],
    [
      'nesting in blocks',
      Array.from({ length: 300 }, (_, i) => `${' '.repeat(i)}a:`).join('\n'),
      'too-large',
    ],
    ['a gigantic scalar', `a: ${'x'.repeat(MAX_FILE_LENGTH)}`, 'too-large'],
    ['gigabytes of nothing', '\n'.repeat(MAX_FILE_LENGTH + 1), 'too-large'],
    [
      'too many documents',
      `${SERVICE}---\n`.repeat(1 + MAX_DOCUMENTS),
      'too-large',
    ],
    ['too many lines', '#\n'.repeat(MAX_ENTRIES), 'too-large'],
    ['too many items in a line', `[${'1,'.repeat(MAX_ENTRIES)}]`, 'too-large'],
    ['too many lists in a line', '- '.repeat(MAX_ENTRIES + 1), 'too-large'],
    ['NUL', `${SERVICE}#\0`, 'invalid-yaml'],
    ['a control character', 'a: \u0001', 'invalid-yaml'],
    ['a tab in the indentation', 'a:\n\tb: c', 'invalid-yaml'],
    ['a duplicate key', `${SERVICE}kind: Service\n`, 'duplicate-field'],
    ['bytes that are no UTF-8', `${SERVICE}# \ufffd`, 'not-utf8'],
    ['a merge key', `${SERVICE}<<: {a: b}\n`, 'aliases-not-supported'],
    ['a tag of another tool', `${SERVICE}a: !Ref b\n`, 'unsupported-tag'],
    ['a key that is no text', `${SERVICE}? [a]\n: b\n`, 'invalid-yaml'],
    ['an unknown anchor', `${SERVICE}a: *b\n`, 'aliases-not-supported'],
    ['an open bracket', `${SERVICE}a: [`, 'invalid-yaml'],
  ])('finds %s and names the place', (_what, text, code) => {
    const { findings } = parseManifests(text, 'x.yaml');
    expect(findings).toEqual([
      expect.objectContaining({
        code,
        file: 'x.yaml',
        message: expect.stringMatching(/\S/),
        hint: expect.stringMatching(/\S/),
        position: {
          line: expect.any(Number),
          column: expect.any(Number),
        },
      }),
    ]);
  });

  it.each([
    ['an alias bomb', `${aliasBomb}\nkind: Service\n`],
    ['32,000 keys in a map', manyKeys(32_000)],
    ['10,000 keys in a map', manyKeys(10_000)],
    ['nesting of 100,000', '['.repeat(100_000)],
    ['nesting of 100,000 maps', '{"a":'.repeat(50_000)],
    ['a long plain scalar', `a: ${'x '.repeat(100_000)}`],
    ['a long quoted scalar', `a: "${'\\n'.repeat(100_000)}"`],
    ['many lines', '\n'.repeat(MAX_FILE_LENGTH - 1)],
    ['many comments', '#\n'.repeat(MAX_FILE_LENGTH / 2 - 1)],
    ['many separators', '---\n'.repeat(MAX_FILE_LENGTH / 4 - 1)],
    ['many empty values', `a: [${','.repeat(1)}${'~,'.repeat(60_000)}~]`],
    ['a long number', `${SERVICE}a: ${'1'.repeat(200_000)}`],
    [
      'an address of zeros',
      `apiVersion: v1\nkind: Endpoints\nmetadata: {name: db}\nsubsets: [{addresses: [{ip: "${'0'.repeat(
        200_000,
      )}.1.1.1"}]}]`,
    ],
    [
      'a long host name',
      SERVICE.replace('db.example.com', 'a.'.repeat(100_000)),
    ],
    [
      'a long name',
      SERVICE.replace('name: db', `name: ${'-'.repeat(200_000)}`),
    ],
    ['template marks', `kind: Service\n${'{{ }}'.repeat(50_000)}`],
    [
      'as many ports as fit',
      `apiVersion: v1\nkind: Service\nmetadata: {name: db}\nspec: {ports: [${'{port: 1},'.repeat(
        5_000,
      )}]}`,
    ],
  ])('is not held up by %s', (_what, text) => {
    expect(blockedMs(() => parseManifests(text))).toBeLessThan(MAX_BLOCKED_MS);
  });

  it.each([
    ['ports', 'kind: Service', 'spec: {ports: [', '{},', ']}'],
    [
      'misspelt fields',
      'kind: Service',
      'spec: {ports: [',
      '{targetPart: 1, appProtocal: 2},',
      ']}',
    ],
    [
      'families',
      'kind: Service',
      'spec: {clusterIP: None, ipFamilies: [',
      'IPv4,',
      ']}',
    ],
    [
      'addresses',
      'kind: Endpoints',
      'subsets: [{addresses: [',
      '{ip: 127.0.0.1},',
      ']}]',
    ],
  ])('is not held up by wrong %s, and tells of some', (_what, ...parts) => {
    const [kind, head, item, tail] = parts;
    const entries = item.match(/[,{]/g)!.length;
    const items = item.repeat(MAX_ENTRIES / entries - 10);
    const { objects, findings } = parseManifests(
      `apiVersion: v1\n${kind}\nmetadata: {name: db}\n${head}${items}${tail}`,
    );
    expect(findings).toEqual([]);
    const found = validateManifests(objects);
    expect(found.length).toBeGreaterThanOrEqual(100);
    expect(found.length).toBeLessThanOrEqual(400);
    expect(blockedMs(() => validateManifests(objects))).toBeLessThan(
      MAX_BLOCKED_MS,
    );
    expect(blockedMs(() => lintManifests(objects))).toBeLessThan(
      MAX_BLOCKED_MS,
    );
  });

  it('stops after so many broken documents', () => {
    const { findings } = parseManifests(
      'a: [\n---\n'.repeat(MAX_BROKEN_DOCUMENTS + 10),
    );
    expect(findings).toHaveLength(MAX_BROKEN_DOCUMENTS + 1);
    expect(findings[MAX_BROKEN_DOCUMENTS]).toMatchObject({
      code: 'too-large',
      position: { line: 2 * MAX_BROKEN_DOCUMENTS, column: 1 },
    });
  });

  it('reads the largest file within the time it may block', () => {
    const documents = Math.floor(MAX_FILE_LENGTH / (SERVICE.length + 4));
    const text = Array(documents).fill(SERVICE).join('---\n');
    expect(blockedMs(() => parseManifests(text))).toBeLessThan(MAX_BLOCKED_MS);
  });

  it('reads the largest service that can be declared, as it is written', () => {
    const addresses = Array.from(
      { length: 3000 },
      (_, i) => `10.${i % 3}.${i >> 8}.${i & 255}`,
    );
    const hostnames = Object.fromEntries(
      addresses.map((address, i) => [address, `host-${i}`]),
    );
    const manifests = renderManifests({
      name: 'db',
      target: { addresses, headless: true, hostnames },
      ports: [{ name: 'postgres', port: 5432, protocol: 'TCP' }],
    });
    const text = stringifyManifests(manifests);
    const { objects, findings } = parseManifests(text);
    expect(findings).toEqual([]);
    expect(objects.map(({ manifest }) => manifest)).toEqual(manifests);
  });

  it('keeps __proto__, constructor and prototype as plain fields', () => {
    const { objects, findings } = read(
      'apiVersion: v1\nkind: Service\n__proto__: {polluted: 1}\nconstructor: {prototype: {polluted: 1}}\n' +
        'metadata: {name: db, labels: {__proto__: a}}\nspec: {type: ExternalName, externalName: db.example.com}\n',
    );
    expect(({} as Record<string, unknown>).polluted).toBeUndefined();
    expect(Object.getPrototypeOf(objects[0].manifest)).toBe(Object.prototype);
    expect(findings.map(({ code, path }) => `${code} ${path}`)).toEqual(
      expect.arrayContaining([
        'unknown-field __proto__',
        'unknown-field constructor',
      ]),
    );
  });

  it('lets no broken document hide its neighbours', () => {
    const { objects, findings } = parseManifests(
      [SERVICE, 'a: [\n', SERVICE, 'a: *b\n', `${SERVICE}`].join('---\n'),
    );
    expect(objects).toHaveLength(3);
    expect(
      findings.map(({ code, position }) => [code, position?.line]),
    ).toEqual([
      ['invalid-yaml', expect.any(Number)],
      ['aliases-not-supported', 13],
    ]);
  });

  it('never throws, whatever the text', () => {
    const fragment = fc.oneof(
      fc.string(),
      fc.constantFrom(
        ...[SERVICE, '---\n', '\n', '- ', ': ', '{', '}', '[', ']', '"', "'"],
        ...['kind: Service\n', 'kind: List\nitems:\n', '&a ', '*a', '!!str '],
        ...[
          'metadata:',
          'spec:',
          '\t',
          '\r\n',
          '|',
          '>',
          '%YAML 1.2\n',
          '<<: ',
        ],
      ),
    );
    fc.assert(
      fc.property(fc.array(fragment, { maxLength: 12 }), fragments => {
        expect(() => read(fragments.join(''))).not.toThrow();
      }),
      { numRuns: 2000 },
    );
  });

  it('never throws, whatever the objects', () => {
    const field = fc.constantFrom(
      ...['metadata', 'spec', 'ports', 'endpoints', 'subsets', 'addresses'],
      ...['labels', 'annotations', 'selector', 'clusterIP', 'clusterIPs', 'ip'],
      ...['type', 'externalName', 'name', 'port', 'items', 'addressType'],
    );
    const { value } = fc.letrec<{ value: unknown }>(tie => ({
      value: fc.oneof(
        { maxDepth: 4, withCrossShrink: true },
        fc.constantFrom(
          null,
          true,
          0,
          80,
          1.5,
          '',
          'a',
          'None',
          'ExternalName',
        ),
        fc.array(tie('value'), { maxLength: 3 }),
        fc.dictionary(field, tie('value'), { maxKeys: 4 }),
      ),
    }));
    const type = fc.constantFrom(
      { apiVersion: 'v1', kind: 'Service' },
      { apiVersion: 'v1', kind: 'Endpoints' },
      { apiVersion: 'discovery.k8s.io/v1', kind: 'EndpointSlice' },
    );
    fc.assert(
      fc.property(type, fc.dictionary(field, value), (kind, fields) => {
        const text = JSON.stringify({ ...fields, ...kind });
        expect(() => read(text)).not.toThrow();
      }),
      { numRuns: 2000 },
    );
  });
});
