import { createHash } from 'node:crypto';

/**
 * Fields that only say how old something is: a newer look is no new content.
 * Within a text the quotes would be escaped, so that nothing else matches.
 */
const AGES =
  /,?"(?:seenAt|checkedAt|attemptedAt|ttl|at)":(?:"[^"\\]*"|-?[\d.]+)/g;

/**
 * A hash over what an answer says, without ages.
 *
 * @param answer - as JSON
 * @internal
 */
export function contentHash(answer: string): string {
  const content = answer.replace(AGES, '');
  return createHash('sha256').update(content).digest('base64url');
}

/**
 * A weak ETag over what an answer says, without ages.
 *
 * @param answer - as JSON
 * @internal
 */
export function contentTag(answer: string): string {
  return `W/"${contentHash(answer)}"`;
}
