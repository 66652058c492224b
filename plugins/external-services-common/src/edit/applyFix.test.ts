import fc from 'fast-check';
import { arbitraryFiles } from '../__testUtils__/arbitraryFiles';
import { lintManifests } from '../lint/lintManifests';
import type { Finding } from '../validation/Finding';
import { validateManifests } from '../validation/validateManifests';
import { parseManifests } from '../yaml/parseManifests';
import { applyFix } from './applyFix';

const service = (spec: string, meta = 'name: api') =>
  `apiVersion: v1 # core\nkind: Service\nmetadata: {${meta}}\nspec:\n${spec}`;

const slice = (
  rest: string,
  meta = 'name: api-ipv4, labels: {kubernetes.io/service-name: api}',
) =>
  `---\n# addresses\napiVersion: discovery.k8s.io/v1\nkind: EndpointSlice\nmetadata: {${meta}}\n${rest}`;

const ALIAS = '  type: ExternalName\n  externalName: db.example.com\n';
const PORT = '  ports:\n    - port: 80\n';
const ADDRESSES =
  'addressType: IPv4\nports: [{port: 80}]\nendpoints:\n  - addresses: [203.0.113.1] # one\n';

function findingsOf(content: string): Finding[] {
  const { objects, findings } = parseManifests(content, 'a.yaml');
  return [
    ...findings,
    ...validateManifests(objects),
    ...lintManifests(objects, { environments: [] }),
  ];
}

const keysOf = (findings: Finding[]) =>
  findings
    .filter(({ severity }) => severity !== 'info')
    .map(({ code, path }) => `${code} ${path}`);

const keyOf = ({ code, path, object }: Finding) =>
  `${code} ${path} ${object?.name}`;

const errorsOf = (findings: Finding[]) =>
  findings.filter(({ severity }) => severity === 'error').map(keyOf);

const occurrences = (findings: Finding[], finding: Finding) =>
  findings.filter(other => keyOf(other) === keyOf(finding)).length;

describe('applyFix', () => {
  it.each([
    [
      'an upper-case host name',
      service(ALIAS.replace('db.example', 'DB.Example')),
      'invalid-external-name',
      service(ALIAS),
    ],
    [
      'blanks around a host name',
      service(ALIAS.replace('db.example.com', '" db.example.com "')),
      'invalid-external-name',
      service(ALIAS.replace('db.example.com', '"db.example.com"')),
    ],
    [
      'blanks around an address',
      service(PORT) + slice(ADDRESSES.replace('203.0.113.1', "'203.0.113.1 '")),
      'invalid-ip-address',
      service(PORT) + slice(ADDRESSES.replace('203.0.113.1', "'203.0.113.1'")),
    ],
    [
      'a missing name of a port',
      service(
        '  clusterIP: None\n  ports:\n    - name: a\n      port: 1\n    - port: 80 # b\n',
      ),
      'missing-port-name',
      service(
        '  clusterIP: None\n  ports:\n    - name: a\n      port: 1\n    - name: tcp-80\n      port: 80 # b\n',
      ),
    ],
    [
      'a missing type of addresses',
      service(PORT) + slice(ADDRESSES.replace('addressType: IPv4\n', '')),
      'missing-address-type',
      (
        service(PORT) + slice(ADDRESSES.replace('addressType: IPv4\n', ''))
      ).replace(
        'service-name: api}}\n',
        'service-name: api}}\naddressType: IPv4\n',
      ),
    ],
    [
      'a word in the wrong case',
      service(PORT) + slice(ADDRESSES.replace('IPv4', 'ipv4')),
      'unsupported-value',
      service(PORT) + slice(ADDRESSES),
    ],
    [
      'a kind in the wrong case',
      service(ALIAS).replace('Service', 'service'),
      'wrong-kind',
      service(ALIAS),
    ],
    [
      'a number in quotes',
      service(PORT.replace('80', '"80"')) + slice(ADDRESSES),
      'wrong-type',
      service(PORT) + slice(ADDRESSES),
    ],
    [
      'a field that the server sets',
      service(ALIAS, 'name: api, resourceVersion: "7"'),
      'server-set-field',
      service(ALIAS),
    ],
    [
      'a field without effect',
      service(
        `${ALIAS}  sessionAffinity: ClientIP # sticky\n  sessionAffinityConfig: {clientIP: {timeoutSeconds: 5}}\n`,
      ),
      'ignored-field',
      service(ALIAS),
    ],
    [
      'a field that an alias must not have',
      service(`${ALIAS}  clusterIP: None\n`),
      'not-allowed-for-type',
      service(ALIAS),
    ],
    [
      'another name of a port than that of the Service',
      service(PORT.replace('port: 80', 'name: http\n      port: 80')) +
        slice(ADDRESSES),
      'port-name-mismatch',
      service(PORT.replace('port: 80', 'name: http\n      port: 80')) +
        slice(
          ADDRESSES.replace(
            '{port: 80}',
            '{name: http, port: 80, protocol: TCP}',
          ),
        ),
    ],
    [
      'a slice without its label',
      service(PORT) + slice(ADDRESSES, 'name: api-ipv4'),
      'orphan-slice',
      service(PORT) +
        slice(
          ADDRESSES,
          'name: api-ipv4, labels: {kubernetes.io/service-name: api}',
        ),
    ],
    [
      'a port that is not the one connections go to',
      service(PORT.replace('port: 80', 'port: 80\n      targetPort: 81')) +
        slice(ADDRESSES),
      'target-port-mismatch',
      service(PORT.replace('port: 80', 'port: 80\n      targetPort: 80')) +
        slice(ADDRESSES),
    ],
    [
      'a label that hides a slice',
      service(PORT) +
        slice(
          ADDRESSES,
          'name: api-ipv4, labels: {kubernetes.io/service-name: api, service.kubernetes.io/headless: ""}',
        ),
      'hidden-slice',
      service(PORT) + slice(ADDRESSES),
    ],
    [
      'a slice that a controller takes for its own',
      service(PORT) +
        slice(
          ADDRESSES,
          'name: api-ipv4, labels: {kubernetes.io/service-name: api, endpointslice.kubernetes.io/managed-by: controller}',
        ),
      'managed-by-controller',
      service(PORT) +
        slice(
          ADDRESSES,
          'name: api-ipv4, labels: {kubernetes.io/service-name: api, endpointslice.kubernetes.io/managed-by: backstage-external-services}',
        ),
    ],
    [
      'several addresses of one endpoint',
      service(PORT) +
        slice(
          ADDRESSES.replace(
            '[203.0.113.1] # one',
            '[203.0.113.1, 203.0.113.2] # two',
          ),
        ),
      'several-addresses',
      service(PORT) +
        slice(
          ADDRESSES.replace('# one', '# two\n  - addresses: [203.0.113.2]'),
        ),
    ],
    [
      'traffic kept to the node',
      service(`  internalTrafficPolicy: Local\n${PORT}`) + slice(ADDRESSES),
      'local-traffic',
      service(PORT) + slice(ADDRESSES),
    ],
  ])('corrects %s, and nothing else', (_what, content, code, corrected) => {
    const findings = findingsOf(content);
    const finding = findings.find(found => found.code === code && found.fix)!;
    expect(finding.fix).toMatchObject({
      title: expect.stringMatching(/^[A-Z]/),
    });
    expect(applyFix([{ path: 'a.yaml', content }], finding)).toEqual({
      status: 'edited',
      changed: [{ path: 'a.yaml', content: corrected }],
      deleted: [],
    });
    const before = keysOf(findings);
    const after = keysOf(findingsOf(corrected));
    expect(after).not.toContain(`${finding.code} ${finding.path}`);
    expect(after.filter(key => !before.includes(key))).toEqual([]);
  });

  it('leaves to people what takes a decision', () => {
    const content = service(ALIAS.replace('db.example.com', 'not a name'));
    const [finding] = findingsOf(content);
    expect(finding.fix).toBeUndefined();
    expect(applyFix([{ path: 'a.yaml', content }], finding)).toMatchObject({
      status: 'refused',
      reason: 'not-editable',
    });
  });

  it('takes no zero in front of an address for a mistake it could correct', () => {
    const content =
      service(PORT) + slice(ADDRESSES.replace('203.0.113.1', '010.0.113.1'));
    const finding = findingsOf(content).find(
      ({ code }) => code === 'invalid-ip-address',
    );
    expect(finding).toBeDefined();
    expect(finding?.fix).toBeUndefined();
  });

  it('refuses when the file does not hold the object any more', () => {
    const content = service(ALIAS.replace('db.example', 'DB.example'));
    const [finding] = findingsOf(content);
    const files = [
      { path: 'a.yaml', content: content.replace('name: api', 'name: other') },
    ];
    expect(applyFix(files, finding)).toMatchObject({
      status: 'refused',
      reason: 'not-found',
      file: 'a.yaml',
    });
  });

  it('corrects the right one of several of the same name', () => {
    const wrong = service(ALIAS.replace('db.example', 'DB.example'));
    const content = `${wrong}---\n${wrong}`;
    const findings = findingsOf(content).filter(({ fix }) => fix);
    expect(applyFix([{ path: 'a.yaml', content }], findings[1])).toMatchObject({
      changed: [{ content: `${wrong}---\n${service(ALIAS)}` }],
    });
  });

  it('ends its finding and makes no new error, whoever wrote the file', () => {
    const mistake = fc.constantFrom<[RegExp, string]>(
      [/IPv4|IPv6/, 'ipv4'],
      [/TCP|UDP/, 'udp'],
      [/Service$|Service(?=\r)/m, 'service'],
      [/example\.com/, 'Example.com'],
      [/(port['"]?: +)([0-9]+)/, '$1"$2"'],
      [/kubernetes\.io\/service-name/, 'kubernetes.io/name'],
      [
        /managed-by(['"]?: +).backstage-external-services/,
        'managed-by$1controller',
      ],
    );
    fc.assert(
      fc.property(arbitraryFiles(), mistake, ({ files }, [right, wrong]) => {
        for (const { content } of files) {
          const mistaken = content.replace(right, wrong);
          const findings = findingsOf(mistaken);
          const before = errorsOf(findings);
          for (const finding of findings.filter(({ fix }) => fix).slice(0, 5)) {
            const result = applyFix(
              [{ path: 'a.yaml', content: mistaken }],
              finding,
            );
            expect(result).toMatchObject({ status: 'edited' });
            const after = findingsOf(
              result.status === 'edited' ? result.changed[0].content : '',
            );
            expect(occurrences(after, finding)).toBe(
              occurrences(findings, finding) - 1,
            );
            expect(
              errorsOf(after).filter(key => !before.includes(key)),
            ).toEqual([]);
          }
        }
      }),
      { numRuns: 300 },
    );
  });
});
