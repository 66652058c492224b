import type { Config } from '@backstage/config';
import type { AllowedRepositories } from '@external-services/backstage-plugin-external-services-common';

/**
 * Reads `externalServices.reading.allow`, as the backend of the card does.
 *
 * @internal
 */
export function readAllowedRepositories(config: Config): AllowedRepositories[] {
  return (
    config.getOptionalConfigArray('externalServices.reading.allow') ?? []
  ).map(entry => ({
    host: entry.getString('host'),
    owners: entry.getStringArray('owners'),
  }));
}
