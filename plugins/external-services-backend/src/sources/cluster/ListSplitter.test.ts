import { ListSplitter } from './ListSplitter';

function split(text: string, size: number) {
  const splitter = new ListSplitter();
  const bytes = Buffer.from(text);
  const items: string[] = [];
  for (let start = 0; start < bytes.length; start += size) {
    items.push(...splitter.push(bytes.subarray(start, start + size)));
  }
  return { items, rest: splitter.rest, count: splitter.count };
}

describe('ListSplitter', () => {
  const items = [
    { metadata: { name: 'a', items: [{ b: 1 }] } },
    { text: 'quotes " \\" brackets ]}[{ and \\', list: [[], {}] },
    { text: 'ü, 漢字, 🙂' },
    {},
  ];
  const list = {
    kind: 'List',
    metadata: { resourceVersion: '1', of: [{ items: [{ a: 1 }] }], ü: 'ü' },
    items,
    last: { items: [1] },
  };

  it.each([1, 2, 3, 7, 1000])(
    'takes items out of what arrives %d bytes at a time',
    size => {
      for (const indent of [0, 2]) {
        const parts = split(JSON.stringify(list, null, indent), size);
        expect(parts.items.map(item => JSON.parse(item))).toEqual(items);
        expect(parts.count).toBe(items.length);
        expect(JSON.parse(parts.rest)).toEqual({
          ...list,
          items: [0, 0, 0, 0],
        });
      }
    },
  );

  it.each([
    ['nothing', '{"items":[]}'],
    ['null', '{"items":null}'],
    ['no items', '{"kind":"Status","code":500}'],
    ['items of another object', '{"a":{"items":[{"b":1}]}}'],
    ['a key that ends alike', '{"a\\"items":[{"b":1}]}'],
    ['no list', '[{"items":[{"a":1}]}]'],
  ])('takes nothing out of %s', (_, text) => {
    const parts = split(text, 1000);
    expect(parts.items).toEqual([]);
    expect(parts.rest).toBe(text);
  });

  it.each([
    ['cut off', '{"items":[{"a":1},{"b"'],
    ['without a comma', '{"items":[{"a":1}{"b":1}]}'],
    ['with too many', '{"items":[{"a":1},,{"b":1}]}'],
    ['closed too often', '{"items":[{"a":1}]]}'],
    ['followed by something', '{"items":[{"a":1}]}{'],
  ])('leaves a rest that is no JSON of a list %s', (_, text) => {
    expect(() => JSON.parse(split(text, 1000).rest)).toThrow(SyntaxError);
  });

  it('leaves a rest with more items than it took out, of what are no objects', () => {
    const { count, rest } = split('{"items":[{"a":1},null,0]}', 1000);
    expect(count).toBe(1);
    expect(JSON.parse(rest).items).toHaveLength(3);
  });
});
