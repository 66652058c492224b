/**
 * What DNS said about a target, as one status. `unanswered`: the viewpoint answers
 * nothing at all, so that nothing is known of the target; `failed` is about it.
 * `notAsked`: the portal does not look up names of this kind, or not so many.
 *
 * @public
 */
export type ResolutionStatus =
  | 'resolved'
  | 'stale'
  | 'failed'
  | 'unanswered'
  | 'notVisibleHere'
  | 'notAsked'
  | 'notApplicable'
  | 'pending';

/**
 * Why a name could not be resolved. `no-such-name` is NXDOMAIN, `no-address` an
 * empty answer, `no-answer` a time-out, `server-failed` SERVFAIL, `refused`
 * REFUSED, `alias-loop` a CNAME chain that does not end.
 *
 * @public
 */
export type ResolutionFailure =
  | 'no-such-name'
  | 'no-address'
  | 'no-answer'
  | 'server-failed'
  | 'refused'
  | 'alias-loop'
  | 'malformed-answer';

/**
 * One step of a CNAME chain.
 *
 * @public
 */
export interface ResolvedAlias {
  name: string;
  target: string;
  /** Seconds. */
  ttl: number;
}

/**
 * One address of an answer.
 *
 * @public
 */
export interface ResolvedAddress {
  address: string;
  /** Seconds. */
  ttl: number;
}

/**
 * What one resolver answered for one target.
 *
 * @public
 */
export interface Resolution {
  status: ResolutionStatus;
  /** Title of the viewpoint, for example `portal`. */
  viewpoint?: string;
  chain: ResolvedAlias[];
  addresses: ResolvedAddress[];
  failure?: ResolutionFailure;
  /** The name at the end of the chain that failed. */
  failingName?: string;
  /** ISO 8601; first failure of the present row of failures. */
  since?: string;
  /** ISO 8601; the last time the resolver was asked. */
  checkedAt?: string;
  /** The last good answer while the present one is a failure. */
  lastGood?: { addresses: ResolvedAddress[]; at: string };
}
