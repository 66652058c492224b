import {
  coreServices,
  createBackendModule,
} from '@backstage/backend-plugin-api';
import { ScmIntegrations } from '@backstage/integration';
import { catalogServiceRef } from '@backstage/plugin-catalog-node';
import { scaffolderActionsExtensionPoint } from '@backstage/plugin-scaffolder-node';
import { MappingAccess } from './access/MappingAccess';
import { createGenerateAction } from './actions/createGenerateAction';
import { createLocateAction } from './actions/createLocateAction';
import { createRemoveAction } from './actions/createRemoveAction';
import { createRetargetAction } from './actions/createRetargetAction';
import { createValidateAction } from './actions/createValidateAction';
import { readAllowedRepositories } from './config/readAllowedRepositories';
import { readLintContext } from './config/readLintContext';

/**
 * The scaffolder module that adds the `external-service:*` actions.
 *
 * @public
 */
export const scaffolderModuleExternalServices = createBackendModule({
  pluginId: 'scaffolder',
  moduleId: 'external-services',
  register({ registerInit }) {
    registerInit({
      deps: {
        scaffolderActions: scaffolderActionsExtensionPoint,
        catalog: catalogServiceRef,
        config: coreServices.rootConfig,
        permissions: coreServices.permissions,
      },
      async init({ scaffolderActions, catalog, config, permissions }) {
        const context = readLintContext(config);
        scaffolderActions.addActions(
          createLocateAction({
            access: MappingAccess.create({ catalog, permissions }),
            allow: readAllowedRepositories(config),
            integrations: ScmIntegrations.fromConfig(config),
          }),
          createGenerateAction({ context }),
          createRetargetAction({ context }),
          createRemoveAction({ context }),
          createValidateAction({ context }),
        );
      },
    });
  },
});
