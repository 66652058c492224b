import { formatFigures } from '../formatFigures';
import { clustersBenchmark } from './clustersBenchmark';

describe('clustersBenchmark', () => {
  it('measures every figure, and costs API servers nothing', async () => {
    const figures = await clustersBenchmark({
      objects: 600,
      clusters: [1, 2],
      besidePlugin: [1],
      views: { warmUp: 0, counted: 2 },
      lists: 1,
      events: 20,
      flapping: 1,
    });
    for (const figure of figures) {
      expect(figure).toMatchObject({ value: expect.any(Number) });
    }
    const lines = formatFigures(figures).split('\n');
    expect(lines).toContainEqual(
      expect.stringMatching(/^requests to API servers for 6 views +0 .* ok$/),
    );
    expect(lines).toContainEqual(
      expect.stringMatching(/^watches left after a stop +0 .* ok$/),
    );
  }, 120_000);
});
