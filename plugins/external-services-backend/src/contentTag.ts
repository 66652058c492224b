import { createHash } from 'node:crypto';

/** Fields that only say how old something is: a newer look is no new content. */
const AGES = new Set(['seenAt', 'checkedAt', 'attemptedAt', 'ttl', 'at']);

/**
 * A weak ETag over what an answer says, without ages.
 *
 * @internal
 */
export function contentTag(answer: object): string {
  const content = JSON.stringify(answer, (key, value) =>
    AGES.has(key) ? undefined : value,
  );
  return `W/"${createHash('sha256').update(content).digest('base64url')}"`;
}
