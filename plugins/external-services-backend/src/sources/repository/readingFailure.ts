import { toError } from '@backstage/errors';
import type { RepositoryFailure } from './RepositoryStatus';

/** Failures that only a person can mend: asking again soon would change nothing. */
const PERMANENT: RepositoryFailure[] = ['not-found', 'not-allowed'];

/**
 * The kind of failure behind an error of a URL reader, with words for a person.
 * The reader's own message is not passed on: it may hold URLs with secrets.
 *
 * @internal
 */
export function readingFailure(
  error: unknown,
  timedOut: boolean,
): { failure: RepositoryFailure; error: string; permanent: boolean } {
  const { name, message } = toError(error);
  const describe = (failure: RepositoryFailure, text: string) => ({
    failure,
    error: text,
    permanent: PERMANENT.includes(failure),
  });
  if (timedOut) {
    return describe('timed-out', 'it did not answer in time');
  }
  if (/rate limit|\b429\b/i.test(message)) {
    return describe('rate-limited', 'it has had too many requests for now');
  }
  if (name === 'NotFoundError' || /\b404\b/.test(message)) {
    return describe('not-found', 'there is no such repository or branch');
  }
  if (
    name === 'NotAllowedError' ||
    name === 'AuthenticationError' ||
    /\b40[13]\b/.test(message)
  ) {
    return describe('not-allowed', "the portal's token may not read it");
  }
  const status = /\b(5\d\d)\b/.exec(message)?.[1];
  return describe(
    'failed',
    status ? `it answered with status ${status}` : 'it could not be reached',
  );
}
