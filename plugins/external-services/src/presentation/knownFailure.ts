import type { ResolutionFailure } from '@external-services/backstage-plugin-external-services-common';

const RESOLUTION_FAILURES: ReadonlySet<string> = new Set<ResolutionFailure>([
  'no-such-name',
  'no-address',
  'no-answer',
  'server-failed',
  'refused',
  'alias-loop',
  'malformed-answer',
]);

/** True for a code that says why a name could not be resolved. */
export function isResolutionFailure(code: string): code is ResolutionFailure {
  return RESOLUTION_FAILURES.has(code);
}

/** A failure code that the translations know; `no-address` for one they do not. */
export function knownFailure(code: string = ''): ResolutionFailure {
  return isResolutionFailure(code) ? code : 'no-address';
}
