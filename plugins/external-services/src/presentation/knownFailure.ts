import type { ResolutionFailure } from '@external-services/backstage-plugin-external-services-common';

const RESOLUTION_FAILURES: ResolutionFailure[] = [
  'no-such-name',
  'no-address',
  'no-answer',
  'server-failed',
  'refused',
  'alias-loop',
  'malformed-answer',
];

/** A failure code that the translations know; `no-address` for one they do not. */
export function knownFailure(code: string | undefined): ResolutionFailure {
  return RESOLUTION_FAILURES.find(known => known === code) ?? 'no-address';
}
