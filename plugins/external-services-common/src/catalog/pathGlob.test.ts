import { isPathGlob, pathGlob } from './pathGlob';

describe('pathGlob', () => {
  it.each([
    ['deploy/*.yaml', ['deploy/a.yaml'], ['deploy/x/a.yaml', 'a.yaml']],
    ['deploy/**/*.yaml', ['deploy/a.yaml', 'deploy/x/y/a.yaml'], ['a.yaml']],
    ['**', ['a', 'a/b/c'], []],
    ['**/db-?.yaml', ['db-1.yaml', 'x/db-2.yaml'], ['db-10.yaml', 'db-.yaml']],
    ['{dev,prod}/a.yaml', ['dev/a.yaml', 'prod/a.yaml'], ['qa/a.yaml']],
    ['{a,b}/{c,d}', ['a/c', 'b/d'], ['a/b']],
    ['a*b*c', ['abc', 'aXbYbZc'], ['abcd', 'ab']],
    ['!(a).yaml', ['!(a).yaml'], ['b.yaml']],
    ['[ab].yaml', ['[ab].yaml'], ['a.yaml']],
    ['{a}', ['{a}'], ['a']],
    ['*', ['.hidden'], ['a/b']],
  ])('reads %p as meant', (pattern, matching, others) => {
    const test = pathGlob(pattern);
    expect(matching.filter(test)).toEqual(matching);
    expect(others.filter(test)).toEqual([]);
  });

  it.each([
    ['stars', `${'*a'.repeat(200)}b`],
    ['folders', `${'**/a/'.repeat(100)}b`],
    ['braces', '{a,b}'.repeat(80)],
    ['ranges', '{1..9999999}'],
  ])('answers at once, whatever the %s', (_, pattern) => {
    const path = `${'a/'.repeat(200)}${'a'.repeat(500)}`;
    expect(pathGlob(pattern)(path)).toBe(false);
  });

  it('tells a pattern from a path', () => {
    expect(['a/*.yaml', 'a?', '{a,b}'].every(isPathGlob)).toBe(true);
    expect(['a/b.yaml', 'a[1].yaml', ''].some(isPathGlob)).toBe(false);
  });
});
