import type { CollectedExternalService } from '@external-services/backstage-plugin-external-services-common';

/**
 * A mapping as its repository declares it.
 *
 * @internal
 */
export interface DeclaredMapping extends CollectedExternalService {
  /** Milliseconds; when one of its objects changed. Absent when that was before the first reading. */
  changedAt?: number;
}
