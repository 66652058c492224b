import { ClusterError } from './ClusterError';

/**
 * What a request was for, in the words of RBAC.
 *
 * @internal
 */
export interface Attempt {
  verb: 'list' | 'watch';
  /** For example `services`. */
  resource: string;
}

/**
 * The failure behind an answer that is no success.
 *
 * @internal
 */
export function answerError(
  status: number,
  { verb, resource }: Attempt,
  retryAfterMs?: number,
): ClusterError {
  const options = { status, retryAfterMs };
  switch (status) {
    case 401:
      return new ClusterError(
        'unauthorised',
        "it does not know the portal: the portal's token or certificate is wrong or has expired",
        options,
      );
    case 403:
      return new ClusterError(
        'forbidden',
        `it does not let the portal ${verb} ${resource}`,
        options,
      );
    case 404:
      return new ClusterError('server', `it knows no ${resource}`, options);
    case 410:
      return new ClusterError(
        'server',
        'what it was asked for is too long ago',
        options,
      );
    case 429:
      return new ClusterError(
        'server',
        'it has had too many requests for now',
        options,
      );
    default:
      return new ClusterError(
        'server',
        `it answered with status ${status}`,
        options,
      );
  }
}
