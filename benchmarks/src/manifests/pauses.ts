import type { Figure } from '../Figure';
import { measure, type Rounds } from '../measure';
import { checkFile } from './checkFile';

/** How long the event loop stands still for one file, at the worst. */
export function longestPause(
  what: string,
  files: Record<string, string>,
  rounds: Rounds,
): Figure {
  const pauses = Object.entries(files).map(([name, text]) => ({
    name,
    value: measure([() => checkFile(text)], rounds)[0],
  }));
  const longest = pauses.reduce((a, b) => (a.value < b.value ? b : a));
  return {
    name: `longest pause for ${what} (${longest.name})`,
    value: longest.value,
    goal: { value: 50 },
  };
}
