import { isIPv4, isIPv6 } from 'node:net';
import fc from 'fast-check';
import {
  canonicalIp,
  formatIp,
  ipFamily,
  parseIp,
  specialRange,
} from './ipAddress';

describe('parseIp', () => {
  it.each<[string, string, boolean]>([
    ['203.0.113.1', '203.0.113.1', true],
    ['010.1.2.3', '10.1.2.3', false],
    ['0000001.2.3.4', '1.2.3.4', false],
    ['::', '::', true],
    ['::1', '::1', true],
    ['2001:DB8::1', '2001:db8::1', true],
    ['2001:db8:0:0:0:0:0:1', '2001:db8::1', true],
    ['2001:db8:0:1:1:1:1:1', '2001:db8:0:1:1:1:1:1', true],
    ['2001:0:0:1:0:0:0:1', '2001:0:0:1::1', true],
    ['00001::', '1::', false],
    ['::1.2.3.4', '::102:304', true],
    ['::ffff:1.2.3.4', '1.2.3.4', false],
    ['::ffff:0102:0304', '1.2.3.4', false],
    ['1:2:3:4:5:6:7::', '1:2:3:4:5:6:7:0', true],
  ])('reads %s as %s', (text, canonical, strict) => {
    const ip = parseIp(text)!;
    expect(formatIp(ip)).toBe(canonical);
    expect(ip.strict).toBe(strict);
  });

  it.each(
    [
      '',
      '1.2.3',
      '1.2.3.4.5',
      '256.1.1.1',
      '1..2.3',
      '+1.2.3.4',
      '0x1.2.3.4',
    ].concat(
      [
        '1.2.3.4/8',
        '1.2.3.4:80',
        ' 1.2.3.4',
        '1.2.3.4\n',
        '１.2.3.4',
        'a.b.c.d',
      ],
      [':', ':::', '1:2', '1:2:3:4:5:6:7:8:9', '1::2::3', '12345::', 'g::'],
      ['fe80::1%eth0', '[::1]', '::1.2.3', '1.2.3.4::', '1:2:3:4:5:6:7:8::'],
    ),
  )('reads no address from %j', text => {
    expect(parseIp(text)).toBeUndefined();
  });

  it('agrees with Node about strict addresses', () => {
    const text = fc.oneof(
      fc.ipV4(),
      fc.ipV4Extended(),
      fc.ipV6(),
      fc.stringMatching(/^[0-9a-f:.]{1,24}$/),
    );
    fc.assert(
      fc.property(text, address => {
        const mapped = isIPv6(address) && parseIp(address)?.strict === false;
        const known = isIPv4(address) || (isIPv6(address) && !mapped);
        expect(parseIp(address)?.strict ?? false).toBe(known);
      }),
      { numRuns: 2000 },
    );
  });

  it('writes the canonical form once and for all, as a browser does', () => {
    fc.assert(
      fc.property(fc.ipV6(), address => {
        const canonical = canonicalIp(address)!;
        expect(canonicalIp(canonical)).toBe(canonical);
        const ip = parseIp(address)!;
        const host =
          ipFamily(ip) === 'IPv4'
            ? canonical
            : new URL(`http://[${address}]/`).hostname.slice(1, -1);
        expect(canonical).toBe(host);
      }),
    );
  });
});

describe('specialRange', () => {
  it.each<[string, string | undefined]>([
    ['0.0.0.0', 'unspecified'],
    ['::', 'unspecified'],
    ['127.0.0.1', 'loopback'],
    ['127.255.255.255', 'loopback'],
    ['::ffff:127.0.0.1', 'loopback'],
    ['::1', 'loopback'],
    ['169.254.169.254', 'link-local'],
    ['fe80::1', 'link-local'],
    ['febf::1', 'link-local'],
    ['224.0.0.1', 'link-local multicast'],
    ['ff02::1', 'link-local multicast'],
    ['ff12::1', 'link-local multicast'],
    ['0.0.0.1', undefined],
    ['255.255.255.255', undefined],
    ['224.0.1.1', undefined],
    ['169.253.255.255', undefined],
    ['fec0::1', undefined],
    ['fd00::1', undefined],
    ['ff05::1', undefined],
    ['::127.0.0.1', undefined],
  ])('of %s is %s', (text, range) => {
    expect(specialRange(parseIp(text)!)).toBe(range);
  });
});
