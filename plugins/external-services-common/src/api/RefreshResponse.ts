/**
 * Answer of `POST /entities/:kind/:namespace/:name/refresh`. `refreshed`: all was
 * checked, for better or worse; `checking`: some of it is still being checked, and
 * the mappings follow; `tooSoon`: it was checked just now and nothing was started.
 *
 * @public
 */
export interface RefreshResponse {
  status: 'refreshed' | 'checking' | 'tooSoon';
  /** Seconds until another refresh is accepted; only `tooSoon` counts them, else 0. */
  retryAfter: number;
  /** ISO 8601; when a repository of the entity was last asked, whatever it answered. */
  checkedAt?: string;
}
