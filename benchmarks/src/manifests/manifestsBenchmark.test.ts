import { formatFigures } from '../formatFigures';
import { manifestsBenchmark } from './manifestsBenchmark';

describe('manifestsBenchmark', () => {
  it('measures every figure, a goal or none beside it', async () => {
    const figures = await manifestsBenchmark({
      read: 6,
      hostile: { 'an open list': 'a: [' },
      rendered: 6,
      edited: 12,
      growth: [12, 24],
      rounds: { warmUp: 0, counted: 1 },
      dryRun: false,
    });
    for (const figure of figures) {
      expect(figure).toMatchObject({ value: expect.any(Number) });
    }
    const lines = formatFigures(figures).split('\n');
    expect(lines).toHaveLength(1 + figures.length + 2);
    expect(lines[1]).toMatch(
      /^parse, validate and lint +[\d.]+ ms +[\d.]+ ms js-yaml load +[\d.]+x +at most 1.5x +(ok|short)$/,
    );
    expect(lines[lines.length - 1]).toMatch(
      /^6 figures: \d ok, \d short, 1 without a goal, 0 skipped$/,
    );
  });
});
