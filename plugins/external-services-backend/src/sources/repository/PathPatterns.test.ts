import { blockedMs, MAX_BLOCKED_MS } from '../../__testUtils__/blockedMs';
import { PathPatterns } from './PathPatterns';

describe('PathPatterns', () => {
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
    const patterns = new PathPatterns([pattern]);
    const matches = (path: string) => patterns.matching(path).includes(pattern);
    expect(matching.filter(matches)).toEqual(matching);
    expect(others.filter(matches)).toEqual([]);
  });

  it('tells the patterns of each path apart', () => {
    const patterns = new PathPatterns(['a/*.yaml', 'a', 'b', 'a/x.yaml', '**']);
    expect(patterns.matching('a/x.yaml').sort()).toEqual([
      '**',
      'a',
      'a/*.yaml',
      'a/x.yaml',
    ]);
  });

  it('takes no longer than its budget, whatever is written, and says so', () => {
    const paths = Array.from(
      { length: 200 },
      (_, index) => `${'a'.repeat(230)}${index}.yaml`,
    );
    const wanted = Array.from(
      { length: 50 },
      (_, index) => `${'*a'.repeat(240)}${index}`,
    );
    const braces = '{a,b}{a,b}{a,b}{a,b}{a,b}{a,b}*x';
    let patterns = new PathPatterns([]);
    const blocked = blockedMs(() => {
      patterns = new PathPatterns([...wanted, braces]);
      paths.forEach(path => patterns.matching(path));
    });
    expect(patterns.exhausted).toBe(true);
    expect(blocked).toBeLessThan(MAX_BLOCKED_MS);
  });

  it('holds a path against no pattern of another folder', () => {
    const folders = Array.from({ length: 1_000 }, (_, index) => `svc-${index}`);
    const patterns = new PathPatterns(
      folders.map(folder => `${folder}/**/*.yaml`),
    );
    const blocked = blockedMs(() =>
      folders.forEach(folder => patterns.matching(`${folder}/deploy/a.yaml`)),
    );
    expect(patterns.exhausted).toBe(false);
    expect(blocked).toBeLessThan(MAX_BLOCKED_MS);
  });
});
