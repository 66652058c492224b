import { resolve } from 'node:path';
import { readZoneFile } from './readZoneFile';
import { asZone } from './Zone';

describe('asZone', () => {
  it.each([
    [['a'], 'A zone file maps names to records'],
    [
      { 'a.example': '203.0.113.1' },
      'a.example: write its records as a map, such as { a: [203.0.113.1] }',
    ],
    [
      { 'a.example': { A: ['203.0.113.1'] } },
      'a.example: A is not one of a, aaaa, cname, ttl, fails',
    ],
  ])('names what is wrong in %j', (value, message) => {
    expect(() => asZone(value)).toThrow(message);
  });
});

describe("the demo's zone", () => {
  const file = resolve(__dirname, '../../../../examples/dns.yaml');

  it('has every kind of answer', async () => {
    const records = Object.values(await readZoneFile(file));
    const has = (test: (record: (typeof records)[number]) => unknown) =>
      expect(records.some(record => Boolean(test(record)))).toBe(true);
    has(record => record.cname);
    has(record => (record.a?.length ?? 0) > 1);
    has(record => record.aaaa);
    has(record => (record.ttl ?? 60) < 30);
    has(record => (record.ttl ?? 60) > 600);
    has(record => record.fails === 'silence');
    has(record => record.fails === 'servfail');
  });
});
