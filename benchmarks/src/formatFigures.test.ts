import type { Figure } from './Figure';
import { formatFigures } from './formatFigures';

const figure = (over: Partial<Figure> = {}): Figure => ({
  name: 'read',
  value: 3,
  baseline: { name: 'load', value: 2 },
  ...over,
});

describe('formatFigures', () => {
  it.each<[string, Partial<Figure>, string]>([
    ['a ratio that is good', { goal: { ratio: 1.5 } }, 'at most 1.5x  ok'],
    ['a ratio that is not', { goal: { ratio: 1.4 } }, 'at most 1.4x  short'],
    ['a value that is good', { goal: { value: 3 } }, 'at most 3 ms  ok'],
    ['a value that is not', { goal: { value: 2 } }, 'at most 2 ms  short'],
  ])('marks %s', (_what, over, marked) => {
    const [, line] = formatFigures([figure(over)]).split('\n');
    expect(line).toBe(`read    3.00 ms  2.00 ms load  1.50x  ${marked}`);
  });

  it('shows what is counted without fractions', () => {
    const counted = figure({ baseline: undefined, unit: 'watches' });
    expect(formatFigures([counted])).toContain('  3 watches  ');
  });

  it('counts what has no goal, and says why a figure is missing', () => {
    const text = formatFigures([
      figure({ baseline: undefined, unit: 'µs' }),
      { name: 'ask', skipped: 'Nobody to ask.' },
    ]);
    expect(text).toContain('3.00 µs');
    expect(text).toContain('ask: skipped. Nobody to ask.');
    expect(text).toMatch(
      /2 figures: 0 ok, 0 short, 1 without a goal, 1 skipped$/,
    );
  });
});
