import { joinPattern, pathMatcher } from './pathPattern';

describe('joinPattern', () => {
  it.each([
    ['', 'deploy/a.yaml', 'deploy/a.yaml'],
    ['services/a', 'deploy/a.yaml', 'services/a/deploy/a.yaml'],
    ['services/a', './a.yaml', 'services/a/a.yaml'],
    ['services/a', '../shared/*.yaml', 'services/shared/*.yaml'],
    ['services/a', '/deploy/', 'deploy'],
    ['services/a', '.', 'services/a'],
  ])('joins %p and %p to %p', (folder, pattern, expected) => {
    expect(joinPattern(folder, pattern)).toBe(expected);
  });

  it.each([
    ['', '..'],
    ['', '../a.yaml'],
    ['a', '../../a.yaml'],
    ['a', '/../a.yaml'],
    ['a', 'b/../../../etc/passwd'],
    ['', '//etc/passwd'],
  ])(
    'refuses %p and %p, which lead out of the repository',
    (folder, pattern) => {
      expect(joinPattern(folder, pattern)).toBeUndefined();
    },
  );
});

describe('pathMatcher', () => {
  it.each([
    ['a.yaml', ['a.yaml'], ['b.yaml', 'x/a.yaml', 'a.yaml.bak']],
    [
      'deploy',
      ['deploy/a.yaml', 'deploy/prod/b.yml', 'deploy/c.json'],
      ['deploy/README.md', 'deployment/a.yaml', 'a.yaml'],
    ],
    ['', ['a.yaml', 'x/b.yaml'], ['README.md']],
    ['deploy/*.yaml', ['deploy/a.yaml'], ['deploy/prod/a.yaml']],
    ['deploy/**/*.yaml', ['deploy/a.yaml', 'deploy/x/y/a.yaml'], ['a.yaml']],
    ['deploy/*', ['deploy/a.yaml', 'deploy/.b.yaml'], ['deploy/README.md']],
    ['{dev,prod}/a.yaml', ['dev/a.yaml', 'prod/a.yaml'], ['qa/a.yaml']],
    ['!(a).yaml', ['!(a).yaml'], ['b.yaml']],
  ])('reads %p as meant', (pattern, matching, others) => {
    const matches = pathMatcher(pattern);
    expect(matching.filter(matches)).toEqual(matching);
    expect(others.filter(matches)).toEqual([]);
  });
});
