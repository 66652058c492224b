import type { MappingLine } from '../api/Mapping';
import { compareDerivedStates } from './compareStates';

/**
 * The line whose state stands for all of them: the worst that is known, and
 * production before the rest. What is unknown stands for all only when nothing else
 * is there; a client names it beside the headline.
 *
 * @public
 */
export function headlineOf<
  T extends Pick<MappingLine, 'state' | 'reasons' | 'environment'>,
>(lines: readonly T[]): T | undefined {
  const known = lines.filter(({ state }) => state !== 'unknown');
  const [headline] = [...(known.length > 0 ? known : lines)].sort(
    (a, b) =>
      compareDerivedStates(a, b) ||
      Number(isProduction(b)) - Number(isProduction(a)),
  );
  return headline;
}

function isProduction({
  environment,
}: Pick<MappingLine, 'environment'>): boolean {
  return environment?.production ?? false;
}
