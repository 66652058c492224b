import type { RootConfigService } from '@backstage/backend-plugin-api';
import {
  type LintContext,
  readTargetPolicies,
} from '@external-services/backstage-plugin-external-services-common';

/**
 * What the portal's configuration says about clusters and targets: the keys that
 * the backend of external services reads too, so that nothing is written that
 * the card would call wrong.
 *
 * @throws Error that names the key and the fix when a policy cannot be read
 * @internal
 */
export function readLintContext(config: RootConfigService): LintContext {
  const policies = readTargetPolicies(config.getOptional('externalServices'));
  return {
    clusterDomain: config.getOptionalString('externalServices.clusterDomain'),
    environments: policies.environments.map(({ name }) => name),
    policies,
  };
}
