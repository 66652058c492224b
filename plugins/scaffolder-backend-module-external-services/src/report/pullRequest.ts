import { createHash } from 'node:crypto';
import { slugOf } from '../service/slugOf';
import { oneLine } from './oneLine';

/** What a slug says as well. */
const PLAIN = /^[A-Za-z0-9 ._-]*$/;
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
  const text = words.join(' ');
  const slug = slugOf(text, MAX_LENGTH);
  // Letters that a slug has no room for tell one component from another, too.
  const told = PLAIN.test(text)
    ? ''
    : `-${createHash('sha256').update(text).digest('hex').slice(0, 6)}`;
  return `external-services/${slug}${told}`;
}
