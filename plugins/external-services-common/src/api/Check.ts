/**
 * The five checks of a connection, in the order it travels.
 *
 * @public
 */
export type CheckName =
  | 'repository'
  | 'cluster'
  | 'dns'
  | 'connection'
  | 'certificate';

/**
 * Why a check did not run.
 *
 * @public
 */
export type NotCheckedReason =
  | 'no-cluster'
  | 'cluster-silent'
  | 'rolling-out'
  | 'undeclared'
  | 'probes-off'
  | 'no-address'
  | 'no-connection'
  | 'fixed-addresses'
  | 'not-visible-here'
  | 'not-asked'
  | 'viewpoint-silent'
  | 'pending'
  | 'invalid';

/**
 * Result of one check of one line.
 *
 * @public
 */
export interface Check {
  check: CheckName;
  result: 'passed' | 'warning' | 'failed' | 'notChecked';
  notCheckedReason?: NotCheckedReason;
  /** Title of the source or viewpoint that saw it. */
  seenFrom?: string;
  /** ISO 8601. */
  seenAt?: string;
}
