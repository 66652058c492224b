import { cidrContains, parseCidr } from './cidr';
import { parseIp } from './ipAddress';

describe('parseCidr', () => {
  it.each<[string, boolean | undefined]>([
    ['10.0.0.0/8', true],
    ['2001:db8::/32', true],
    ['0.0.0.0/0', true],
    ['10.0.0.1/8', false],
    ['010.0.0.0/8', false],
    ['10.0.0.0/08', false],
    ['::ffff:10.0.0.0/104', false],
    ['10.0.0.0', undefined],
    ['10.0.0.0/33', undefined],
    ['2001:db8::/129', undefined],
    ['10.0.0.0/8/8', undefined],
    ['10.0.0.0/-1', undefined],
    ['10.0.0.0/', undefined],
  ])('reads %s, strict: %s', (text, strict) => {
    expect(parseCidr(text)?.strict).toBe(strict);
  });

  it.each([
    ['10.96.0.0/12', '10.96.0.1', true],
    ['10.96.0.0/12', '10.111.255.255', true],
    ['10.96.0.0/12', '10.112.0.0', false],
    ['10.96.0.0/12', '::ffff:10.96.0.1', true],
    ['2001:db8::/33', '2001:db8:7fff::', true],
    ['2001:db8::/33', '2001:db8:8000::', false],
    ['0.0.0.0/0', '2001:db8::1', false],
    ['0.0.0.0/0', '1.1.1.1', true],
  ])('of %s contains %s: %s', (range, address, contained) => {
    expect(cidrContains(parseCidr(range)!, parseIp(address)!)).toBe(contained);
  });
});
