import fc from 'fast-check';
import {
  checkTargetPattern,
  patternTarget,
  targetPattern,
} from './targetPattern';

const covers = (pattern: string, target: string) =>
  targetPattern(pattern)(patternTarget(target));

describe('targetPattern', () => {
  it.each([
    ['example.com', 'example.com'],
    ['example.com', 'db.example.com'],
    ['example.com', 'DB.Example.COM'],
    ['example.com', 'db.example.com.'],
    ['Example.Com.', 'db.example.com'],
    ['bücher.example', 'shop.xn--bcher-kva.example'],
    ['xn--bcher-kva.example', 'bücher.example'],
    ['com', 'example.com'],
    ['203.0.113.0/24', '203.0.113.255'],
    ['203.0.113.7', '203.0.113.7'],
    ['10.0.0.0/8', '::ffff:10.1.2.3'],
    ['10.0.0.0/8', '::ffff:a01:203'],
    ['2001:db8::/32', '2001:DB8:1::1'],
    ['2001:db8::1', '2001:db8:0::1'],
    ['0.0.0.0/0', '203.0.113.7'],
    ['::/0', '2001:db8::1'],
  ])('%s covers %s', (pattern, target) => {
    expect(covers(pattern, target)).toBe(true);
  });

  it.each([
    ['example.com', 'badexample.com'],
    ['example.com', 'example.com.evil.example'],
    ['example.com', 'com'],
    ['example.com', 'evil.example/.example.com'],
    ['example.com', 'evil.example?.example.com'],
    ['example.com', '203.0.113.7'],
    ['113.7', '203.0.113.7'],
    ['203.0.113.0/24', '203.0.114.0'],
    ['203.0.113.0/24', 'db.example.com'],
    ['203.0.113.7', '203.0.113.77'],
    ['0.0.0.0/0', '2001:db8::1'],
    ['::/0', '203.0.113.7'],
    ['::/0', '::ffff:203.0.113.7'],
    ['2001:db8::/32', '2001:db9::1'],
  ])('%s does not cover %s', (pattern, target) => {
    expect(covers(pattern, target)).toBe(false);
  });

  const label = fc.stringMatching(/^[a-z]([a-z0-9-]{0,8}[a-z0-9])?$/);
  const host = fc
    .array(label, { minLength: 1, maxLength: 4 })
    .map(labels => labels.join('.'));

  it('covers a host exactly when its last labels are those of the pattern', () => {
    fc.assert(
      fc.property(
        host,
        host,
        fc.constantFrom('.', '-', ''),
        (suffix, front, by) => {
          expect(covers(suffix, suffix)).toBe(true);
          expect(covers(suffix, `${front}${by}${suffix}`.toUpperCase())).toBe(
            by === '.' || `${front}${by}${suffix}`.endsWith(`.${suffix}`),
          );
        },
      ),
    );
  });

  it('covers exactly the addresses that share the first bits', () => {
    fc.assert(
      fc.property(
        fc.nat(2 ** 32 - 1),
        fc.nat(2 ** 32 - 1),
        fc.integer({ min: 0, max: 32 }),
        (number, other, length) => {
          const size = 2 ** (32 - length);
          const first = number - (number % size);
          const range = `${ipv4(first)}/${length}`;
          expect(checkTargetPattern(range)).toBeUndefined();
          expect(covers(range, ipv4(other))).toBe(
            other >= first && other < first + size,
          );
          expect(covers(range, `::ffff:${ipv4(other)}`)).toBe(
            covers(range, ipv4(other)),
          );
        },
      ),
    );
  });
});

function ipv4(number: number): string {
  return [24, 16, 8, 0]
    .map(shift => Math.floor(number / 2 ** shift) % 256)
    .join('.');
}

describe('checkTargetPattern', () => {
  it.each([
    'example.com',
    'Example.com.',
    'bücher.example',
    'com',
    '203.0.113.0/24',
    '203.0.113.7',
    '2001:db8::/32',
    '2001:db8::1',
  ])('takes %s', text => {
    expect(checkTargetPattern(text)).toBeUndefined();
  });

  it.each([
    ['10.0.0.1/8', /is no range of addresses/],
    ['10.0.0.0/33', /is no range of addresses/],
    ['10.0.0.0/', /is no range of addresses/],
    ['010.0.0.0/8', /is no range of addresses/],
    ['::ffff:10.0.0.0/104', /is no range of addresses/],
    ['10.0.0', /is no range of addresses/],
    ['*.example.com', /Write example\.com, which covers its subdomains too/],
    ['.example.com', /Write example\.com/],
    ['*', /is no host name/],
    ['', /is no host name/],
    ['https://example.com', /is no host name/],
    ['example.com:443', /is no host name/],
    ['ex ample.com', /is no host name/],
    ['db_1.example.com', /is no host name/],
  ])('refuses %j with the remedy', (text, message) => {
    expect(checkTargetPattern(text)).toMatch(message);
  });
});
