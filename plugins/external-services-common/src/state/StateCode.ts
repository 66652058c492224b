/**
 * The states of a mapping, the one that is shown first: danger before warning
 * before the rest, and within a tone the cause before its effect.
 *
 * @public
 */
export const STATE_CODES = [
  'invalid',
  'not-allowed',
  'not-applied',
  'unresolved',
  'unreachable',
  'certificate',
  'drifted',
  'answers-differ',
  'expiring',
  'undeclared',
  'has-warnings',
  'unknown',
  'rolling-out',
  'checking',
  'proposed',
  'declared',
  'resolves',
  'in-sync',
] as const;

/**
 * Stable code of a state; never translated.
 *
 * @public
 */
export type StateCode = (typeof STATE_CODES)[number];
