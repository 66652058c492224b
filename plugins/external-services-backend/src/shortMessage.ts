import { toError } from '@backstage/errors';

/** A database driver puts the whole statement into its message, with all values. */
const MAX_LENGTH = 500;

/**
 * The message of an error, short enough for a line of the log.
 *
 * @internal
 */
export function shortMessage(error: unknown): string {
  const { message } = toError(error);
  return message.length > MAX_LENGTH
    ? `${message.slice(0, MAX_LENGTH / 2)} … ${message.slice(-MAX_LENGTH / 2)}`
    : message;
}
