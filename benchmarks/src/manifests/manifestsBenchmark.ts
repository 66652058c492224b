import type { Figure, SkippedFigure } from '../Figure';
import type { Rounds } from '../measure';
import { dryRunFigure } from './dryRun';
import { editingFigure } from './editing';
import { growthFigure } from './growth';
import { HOSTILE_TEXTS } from './hostileTexts';
import { longestPause } from './pauses';
import { readingFigure, sampleFiles } from './reading';
import { renderingFigure } from './rendering';

/** How much is measured. */
export interface Size {
  /** Services whose manifests are read, two each. */
  read: number;
  /** Texts by what is hostile about them. */
  hostile: Record<string, string>;
  rendered: number;
  /** Documents of the file in which a mapping is edited. */
  edited: number;
  /** Documents of the small and of the large repository. */
  growth: [few: number, many: number];
  rounds: Rounds;
  /** Asks an API server, where its programs are there. */
  dryRun: boolean;
}

/** What `yarn bench manifests` measures. */
export const FULL_SIZE: Size = {
  read: 1000,
  hostile: HOSTILE_TEXTS,
  rendered: 10_000,
  edited: 200,
  growth: [100, 100_000],
  // As many as it takes until nothing is compiled any more, neither ours nor a baseline.
  rounds: { warmUp: 20, counted: 15 },
  dryRun: true,
};

/** Reading, checking and writing manifests. */
export async function manifestsBenchmark({
  read,
  hostile,
  rendered,
  edited,
  growth,
  rounds,
  dryRun,
}: Size): Promise<(Figure | SkippedFigure)[]> {
  const files = sampleFiles(read);
  const reading = readingFigure(files, rounds);
  const named = Object.fromEntries(
    files.map((file, index) => [`file ${index}`, file]),
  );
  const few = { warmUp: 1, counted: Math.min(3, rounds.counted) };
  return [
    reading,
    ...(dryRun ? [await dryRunFigure(files, reading.value)] : []),
    longestPause('a hostile file', hostile, {
      ...rounds,
      warmUp: 1,
    }),
    longestPause(`one of ${read} files`, named, few),
    renderingFigure(rendered, few),
    editingFigure(edited, rounds),
    growthFigure(...growth, few),
  ];
}
