import type { ExternalServicesConfig } from '../../config/ExternalServicesConfig';

/** Source silent for longer: see the staleness rule of the states. */
const STALE_AFTER_MS = 15 * 60_000;

/**
 * For how long what was read of a repository is new enough, in milliseconds.
 *
 * @internal
 */
export function repositoryStaleMs({
  repositories,
}: Pick<ExternalServicesConfig, 'repositories'>): number {
  return Math.max(STALE_AFTER_MS, 2 * repositories.scheduleMs);
}
