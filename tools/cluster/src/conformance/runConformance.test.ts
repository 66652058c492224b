import { formatResult } from './formatResult';
import { modelQuestions } from './modelQuestions';
import { ownVerdict } from './ownVerdict';
import type { Question } from './Question';
import { recordedQuestions } from './recordedQuestions';
import { runConformance } from './runConformance';
import type { Verdict } from './Verdict';

jest.setTimeout(60_000);

const cluster = { kubernetesVersion: '1.37', serviceRanges: ['10.96.0.0/12'] };

/** A server that decides as we do, but for what a test makes it decide otherwise. */
const serverThat = (
  differs: (question: Question, verdict: Verdict) => Verdict,
) => ({
  judge: async (question: Question) => {
    const own = ownVerdict(question, cluster);
    const verdict: Verdict = own ?? {
      accepted: true,
      fields: [],
      told: 'all',
      message: 'accepted',
    };
    return differs(question, verdict);
  },
});
const run = (
  judge: ReturnType<typeof serverThat>,
  over: { fixed?: Question[]; count?: number } = {},
) =>
  runConformance({
    judge,
    cluster,
    fixed: [],
    count: 300,
    seed: 1,
    onProgress: () => {},
    ...over,
  });

describe('runConformance', () => {
  it('finds nothing where both decide the same', async () => {
    const fixed = [
      ...recordedQuestions().slice(0, 100),
      ...modelQuestions().slice(0, 50),
    ];
    const result = await run(
      serverThat((_, verdict) => verdict),
      { fixed },
    );
    expect(result.disagreements).toEqual([]);
    const asked = result.tallies.map(tally => tally.asked);
    expect(asked.reduce((sum, count) => sum + count)).toBe(fixed.length + 300);
    expect(formatResult(result)).toContain('No disagreement.');
  });

  it('shrinks what differs to the smallest object, once for each way to differ', async () => {
    const { disagreements } = await run(
      serverThat(({ kind, text }, verdict) =>
        kind === 'Endpoints' && text.includes('203.0.113.2') && verdict.accepted
          ? {
              accepted: false,
              fields: ['subsets[0].addresses[0].ip'],
              told: 'all',
              message: 'that one is mine',
            }
          : verdict,
      ),
    );
    expect(disagreements).toHaveLength(1);
    expect(disagreements[0]).toMatchObject({
      comparison: 'decisions differ',
      own: { accepted: true },
      server: { message: 'that one is mine' },
    });
    const { text } = disagreements[0].question;
    expect(text).toContain('203.0.113.2');
    expect(text.trimEnd().split('\n').length).toBeLessThanOrEqual(8);
  });

  it('finds a field that only one of them names', async () => {
    const { disagreements } = await run(
      serverThat((_, verdict) => ({
        ...verdict,
        fields: verdict.fields.filter(field => field !== 'metadata.name'),
      })),
    );
    expect(disagreements.length).toBeGreaterThan(0);
    for (const { comparison, own, server } of disagreements) {
      expect(comparison).toBe('fields differ');
      expect(own.fields).toContain('metadata.name');
      expect(server.fields).not.toContain('metadata.name');
    }
  });
});
