/**
 * Why a request to the portal's own backend failed, as a code to translate.
 *
 * - `forbidden`: signed in, but not allowed to read the mappings.
 * - `not-found`: the backend does not know the entity, or the reader may not.
 * - `not-installed`: nothing answers for this plugin.
 * - `signed-out`: the sign-in is no longer valid.
 * - `too-many`: asked too often; `retryAfterSeconds` says when to come back.
 * - `timeout`, `unreachable`, `status`, `unusable`: a fault of the portal.
 *
 * @public
 */
export type RequestFailureKind =
  | 'forbidden'
  | 'not-found'
  | 'not-installed'
  | 'signed-out'
  | 'too-many'
  | 'timeout'
  | 'unreachable'
  | 'status'
  | 'unusable';

/**
 * A request to the external-services backend that failed.
 *
 * @public
 */
export class RequestFailure extends Error {
  readonly kind: RequestFailureKind;
  /** HTTP status, when there was an answer. */
  readonly status?: number;
  /** Seconds to wait, for `too-many`; seconds waited, for `timeout`. */
  readonly seconds?: number;

  constructor(
    kind: RequestFailureKind,
    options: {
      message?: string;
      status?: number;
      seconds?: number;
      cause?: unknown;
    } = {},
  ) {
    super(options.message ?? kind, { cause: options.cause });
    this.name = 'RequestFailure';
    this.kind = kind;
    this.status = options.status;
    this.seconds = options.seconds;
  }
}

/** Seconds to wait when a 429 does not say. */
const DEFAULT_RETRY_AFTER_SECONDS = 10;

/** The one place that turns an answer of the backend into a failure. */
export async function failureOfResponse(
  response: Response,
): Promise<RequestFailure> {
  const { status } = response;
  const message = await errorMessage(response);
  switch (status) {
    case 401:
      return new RequestFailure('signed-out', { status, message });
    case 403:
      return new RequestFailure('forbidden', { status, message });
    case 404:
      // A router that knows the path answers with Backstage's error body.
      return new RequestFailure(message ? 'not-found' : 'not-installed', {
        status,
        message,
      });
    case 429:
      return new RequestFailure('too-many', {
        status,
        message,
        seconds: retryAfter(response),
      });
    default:
      return new RequestFailure('status', { status, message });
  }
}

/** Turns whatever `fetch` threw into a failure. */
export function failureOfError(error: unknown): RequestFailure {
  return error instanceof RequestFailure
    ? error
    : new RequestFailure('unreachable', {
        message: String(error),
        cause: error,
      });
}

/** True when the reader may not read the mappings, or no longer. */
export function deniesReading({ kind }: RequestFailure): boolean {
  // A backend answers `not-found` for entities that the reader may not see.
  return kind === 'forbidden' || kind === 'not-found';
}

async function errorMessage(response: Response): Promise<string | undefined> {
  try {
    const body = await response.json();
    const message = body?.error?.message;
    return typeof message === 'string' ? message : undefined;
  } catch {
    // Not every server between us and the backend answers in JSON.
    return undefined;
  }
}

function retryAfter(response: Response): number {
  const seconds = Number(response.headers.get('retry-after') ?? NaN);
  return Number.isFinite(seconds) && seconds > 0
    ? seconds
    : DEFAULT_RETRY_AFTER_SECONDS;
}
