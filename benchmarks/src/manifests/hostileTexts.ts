import {
  MAX_DOCUMENTS,
  MAX_ENTRIES,
  MAX_FILE_LENGTH,
} from '@external-services/backstage-plugin-external-services-common/yaml';

const SERVICE = `apiVersion: v1
kind: Service
metadata: {name: db}
spec: {type: ExternalName, externalName: db.example.com}
`;

const SLICE = `apiVersion: discovery.k8s.io/v1
kind: EndpointSlice
metadata: {name: db}
addressType: IPv4
`;

const lines = (count: number, line: (index: number) => string) =>
  Array.from({ length: count }, (_, index) => line(index)).join('\n');

const aliasBomb = lines(9, i =>
  i === 0 ? 'l0: &l0 ["lol"]' : `l${i}: &l${i} [${`*l${i - 1},`.repeat(9)}]`,
);

/** As much of a text as a file may hold. */
function fill(head: string, item: string, tail = ''): string {
  const byLength = (MAX_FILE_LENGTH - head.length - tail.length) / item.length;
  const byEntries =
    (MAX_ENTRIES - 1 - countOf(head) - countOf(tail)) / countOf(item);
  return head + item.repeat(Math.floor(Math.min(byLength, byEntries))) + tail;
}

/** As the reader counts. */
function countOf(text: string): number {
  return text.match(/[\n,[{]|(?<=- )-/g)?.length ?? 0;
}

/** Texts that were written to hold a reader up, and the largest that are legal. */
export const HOSTILE_TEXTS: Record<string, string> = {
  'an alias bomb': `${aliasBomb}\nkind: Service\n`,
  '32,000 keys in a map': `${SERVICE}x:\n${lines(32_000, i => ` k${i}: v`)}`,
  'nesting of 100,000': '['.repeat(100_000),
  'a gigantic scalar': fill(`${SERVICE}a: `, 'x '),
  'a gigantic quoted scalar': fill(`${SERVICE}a: "`, '\\n', '"'),
  'line breaks': fill('', '\n'),
  comments: fill('', '#\n'),
  separators: fill('', '---\n'),
  'template marks': fill('kind: Service\n', '{{ }}'),
  'a long host name': SERVICE.replace('db.example.com', 'a.'.repeat(100_000)),
  'mixed line ends': fill(SERVICE, '# a\r\n# b\r# c\n'),
  'empty ports of a Service': fill(
    'apiVersion: v1\nkind: Service\nmetadata: {name: db}\nspec: {ports: [',
    '{},',
    ']}',
  ),
  'empty ports of a slice': fill(`${SLICE}ports: [`, '{},', ']'),
  'ports of a slice': fill(`${SLICE}ports:\n`, '  - port: 80\n'),
  'empty endpoints': fill(`${SLICE}endpoints: [`, '{},', ']'),
  'wrong labels': Array.from({ length: 10 }, (_, document) =>
    SLICE.replace(
      '{name: db}',
      `{name: "!", labels: {${lines(900, i => `"${document} ${i}": "!",`)
        .split('\n')
        .join('')}}}`,
    ),
  ).join('---\n'),
  'unknown fields': fill(`${SERVICE}x: [`, '{a: 1},', ']'),
  'misspelt fields of ports': fill(
    'apiVersion: v1\nkind: Service\nmetadata: {name: db}\nspec: {ports: [',
    '{targetPart: 1, appProtocal: 2, nodeporte: 3},',
    ']}',
  ),
  'deep maps': fill(
    `${SERVICE}x: [`,
    `${'{a: '.repeat(90)}1${'}'.repeat(90)},`,
    ']',
  ),
  'lists in a line': fill(`${SERVICE}x:\n`, `- ${'- '.repeat(90)}1\n`),
  'addresses of Endpoints': fill(
    'apiVersion: v1\nkind: Endpoints\nmetadata: {name: db}\nsubsets:\n- addresses:\n',
    '  - ip: 127.0.0.1\n',
  ),
  'small documents': `${SERVICE}---\n`.repeat(MAX_DOCUMENTS - 1),
  'the largest file of small documents': fill('', `${SERVICE}---\n`),
  'broken documents': fill('', `${SERVICE}a: [\n---\n`),
};
