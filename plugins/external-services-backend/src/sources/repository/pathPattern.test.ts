import { joinPattern } from './pathPattern';

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
    ['a'.repeat(600), 'b'.repeat(600)],
  ])(
    'refuses %p and %p, which lead out of the repository or nowhere',
    (folder, pattern) => {
      expect(joinPattern(folder, pattern)).toBeUndefined();
    },
  );
});
