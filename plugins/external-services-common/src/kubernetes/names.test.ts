import {
  annotationBytes,
  isAnnotationKey,
  isDns1035Label,
  isDns1123Label,
  isDns1123Subdomain,
  isFullyQualifiedDomainName,
  isLabelValue,
  isPortName,
  isQualifiedName,
} from './names';

const a = (count: number) => 'a'.repeat(count);

describe.each([
  [
    isDns1123Label,
    ['a', '1', 'a-b', 'a--b', a(63)],
    ['', '-a', 'a-', 'A', 'a.b', 'a_b', 'a\n', 'ä', '１', a(64)],
  ],
  [isDns1035Label, ['a', 'a1', a(63)], ['', '1a', '1', 'a.b', a(64)]],
  [
    isDns1123Subdomain,
    ['a', 'a.b', '1.2', `${a(64)}.b`, `${'a.'.repeat(126)}a`],
    ['', '.', 'a.', '.a', 'a..b', 'A.b', 'a.-b', `${'a.'.repeat(127)}a`],
  ],
  [
    isFullyQualifiedDomainName,
    ['a.b', 'a.b.', '1.2.3.4', `${a(63)}.b`],
    ['', '.', 'a', 'a.', 'a.b..', `${a(64)}.b`, '*.a.b'],
  ],
  [
    isPortName,
    ['a', 'http', '8a', 'a-b', a(15)],
    ['', '80', 'a--b', '-a', 'a-', 'A', 'a_b', a(16)],
  ],
  [
    isQualifiedName,
    ['a', 'A_b.c', 'a.b/C', '1', `${a(253)}/${a(63)}`],
    ['', '/a', 'a/', 'a/b/c', 'A/b', '-a', 'a-', 'a b', a(64), `${a(254)}/a`],
  ],
  [isLabelValue, ['', 'a', 'A_b.c', a(63)], ['-a', 'a/b', 'a b', a(64)]],
  [
    isAnnotationKey,
    ['a', 'A/b', 'Example.COM/Key', '\u212a', '\u0130'],
    ['', 'a b', 'a/b/c', a(64), 'ä'],
  ],
])('%p', (rule, valid, invalid) => {
  it.each(valid)('takes %j', text => {
    expect(rule(text)).toBe(true);
  });

  it.each(invalid)('refuses %j', text => {
    expect(rule(text)).toBe(false);
  });
});

describe('annotationBytes', () => {
  it('counts bytes of UTF-8', () => {
    expect(annotationBytes({ a: 'é', b: '€', c: '😀', d: '\ud800' })).toBe(
      4 + 2 + 3 + 4 + 3,
    );
  });
});
