import { findBinaries } from '../binaries/findBinaries';

/** Describes tests that need the programs of a control plane; without them they are skipped, and the name says why. */
export function describeWithControlPlane(
  name: string,
  tests: () => void,
): void {
  const { advice } = findBinaries();
  const run = advice ? describe.skip : describe;
  run(advice ? `${name} (skipped: ${advice})` : name, tests);
}
