import { slugOf } from '../service/slugOf';
import { oneLine } from './oneLine';

/** Far below what file systems take, which hold a branch as a file. */
const MAX_LENGTH = 150;

/** Title of a pull request: what it does, for which component, and where. */
export function titleFor(
  what: string,
  component: string,
  environments: string[],
): string {
  const where = environments.length > 0 ? ` (${environments.join(', ')})` : '';
  return oneLine(`${what} for ${component}${where}`);
}

/** Name of a branch made of words. */
export function branchName(words: string[]): string {
  return `external-services/${slugOf(words.join(' '), MAX_LENGTH)}`;
}
