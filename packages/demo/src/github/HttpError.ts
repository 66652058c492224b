/**
 * An answer that is not the one asked for, with its HTTP status.
 *
 * @internal
 */
export class HttpError extends Error {
  readonly status: number;

  constructor(status: number, message: string) {
    super(message);
    this.name = 'HttpError';
    this.status = status;
  }
}
