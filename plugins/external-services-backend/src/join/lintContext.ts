import type { LintContext } from '@external-services/backstage-plugin-external-services-common';
import type { ExternalServicesConfig } from '../config/ExternalServicesConfig';

/**
 * What the configuration tells the lint, the same wherever manifests are read.
 *
 * @internal
 */
export function lintContext(config: ExternalServicesConfig): LintContext {
  const { clusterDomain, environments, policies } = config;
  return {
    clusterDomain,
    environments: environments.map(({ name }) => name),
    policies,
  };
}
