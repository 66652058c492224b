import { createBackendModule } from '@backstage/backend-plugin-api';
import {
  catalogConditions,
  createCatalogConditionalDecision,
} from '@backstage/plugin-catalog-backend/alpha';
import {
  AuthorizeResult,
  isPermission,
  PolicyDecision,
} from '@backstage/plugin-permission-common';
import {
  PermissionPolicy,
  PolicyQuery,
} from '@backstage/plugin-permission-node';
import { policyExtensionPoint } from '@backstage/plugin-permission-node/alpha';
import { externalServicesMappingReadPermission } from '@external-services/backstage-plugin-external-services-common';

/**
 * Allows everything, but for one thing: nobody sees the mappings of an entity
 * that is tagged `confidential`.
 *
 * @internal
 */
export class DemoPolicy implements PermissionPolicy {
  async handle({ permission }: PolicyQuery): Promise<PolicyDecision> {
    if (isPermission(permission, externalServicesMappingReadPermission)) {
      return createCatalogConditionalDecision(permission, {
        not: catalogConditions.hasMetadata({
          key: 'tags',
          value: 'confidential',
        }),
      });
    }
    return { result: AuthorizeResult.ALLOW };
  }
}

export default createBackendModule({
  pluginId: 'permission',
  moduleId: 'demo-policy',
  register(registration) {
    registration.registerInit({
      deps: { policy: policyExtensionPoint },
      async init({ policy }) {
        policy.setPolicy(new DemoPolicy());
      },
    });
  },
});
