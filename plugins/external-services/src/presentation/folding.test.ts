import { line, mapping, unresolvedLine } from '../__fixtures__/mappings';
import { foldLines, foldServices } from './folding';

const environment = (name: string) => ({
  name,
  title: name,
  production: false,
});
const good = (name: string) => line({ environment: environment(name) });
const bad = (name: string) =>
  unresolvedLine({ environment: environment(name) });
const names = (lines: { environment?: { name: string } }[]) =>
  lines.map(l => l.environment?.name).join();

describe('foldServices', () => {
  const services = Array.from({ length: 6 }, (_, index) =>
    mapping({ name: `s${index}` }),
  );

  it.each([
    [5, false, 5, 0],
    [6, false, 5, 1],
    [6, true, 6, 0],
  ])(
    'of %i services, all=%s, shows %i and hides %i',
    (count, all, shown, hidden) => {
      const folded = foldServices(services.slice(0, count), all);
      expect([folded.shown.length, folded.hidden.length]).toEqual([
        shown,
        hidden,
      ]);
    },
  );
});

describe('foldLines', () => {
  it.each([
    [
      'up to four lines of a few services',
      ['a', 'b', 'c', 'd'],
      '',
      3,
      'a,b,c,d',
      '',
    ],
    [
      'three of more than four healthy lines',
      ['a', 'b', 'c', 'd', 'e'],
      '',
      3,
      'a,b,c',
      'd,e',
    ],
    [
      'a bad last line before healthy ones',
      ['a', 'b', 'c', 'd', 'e'],
      'e',
      3,
      'a,b,e',
      'c,d',
    ],
    ['all bad lines', ['a', 'b', 'c', 'd', 'e'], 'abcde', 3, 'a,b,c,d,e', ''],
    ['no line of a healthy service among many', ['a', 'b'], '', 4, '', ''],
    ['the bad lines of a service among many', ['a', 'b'], 'b', 4, 'b', 'a'],
  ])('shows %s', (_, all, failing, services, shown, hidden) => {
    const lines = all.map(name =>
      failing.includes(name) ? bad(name) : good(name),
    );
    const folded = foldLines(mapping({ lines }), services);
    expect([names(folded.shown), names(folded.hidden)]).toEqual([
      shown,
      hidden,
    ]);
  });
});
