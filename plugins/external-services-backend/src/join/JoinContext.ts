import type { ScmIntegrationRegistry } from '@backstage/integration';
import type { ExternalServicesConfig } from '../config/ExternalServicesConfig';

/**
 * What joining needs besides the observations.
 *
 * @internal
 */
export interface JoinContext {
  config: ExternalServicesConfig;
  integrations: ScmIntegrationRegistry;
  /** Milliseconds. */
  now: number;
}
