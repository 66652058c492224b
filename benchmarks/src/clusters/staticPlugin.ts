import {
  coreServices,
  createBackendPlugin,
} from '@backstage/backend-plugin-api';
import { stringifyEntityRef } from '@backstage/catalog-model';
import { catalogServiceRef } from '@backstage/plugin-catalog-node';
import { AuthorizeResult } from '@backstage/plugin-permission-common';
import { externalServicesMappingReadPermission } from '@external-services/backstage-plugin-external-services-common';
import Router from 'express-promise-router';

/** What is answered. */
export interface StaticAnswer {
  text: string;
}

/**
 * The least that a view of an entity can cost: who asks, whether the entity is
 * there for them, whether they may, and an answer that is always the same.
 */
export function staticPlugin(answer: StaticAnswer) {
  return createBackendPlugin({
    pluginId: 'static',
    register(env) {
      env.registerInit({
        deps: {
          catalog: catalogServiceRef,
          httpAuth: coreServices.httpAuth,
          httpRouter: coreServices.httpRouter,
          permissions: coreServices.permissions,
        },
        async init({ catalog, httpAuth, httpRouter, permissions }) {
          const router = Router();
          router.get('/entities/:kind/:namespace/:name', async (req, res) => {
            const credentials = await httpAuth.credentials(req, {
              allow: ['user', 'service'],
            });
            const entity = await catalog.getEntityByRef(req.params, {
              credentials,
            });
            const [{ result }] = await permissions.authorize(
              [
                {
                  permission: externalServicesMappingReadPermission,
                  resourceRef: entity ? stringifyEntityRef(entity) : '',
                },
              ],
              { credentials },
            );
            if (!entity || result !== AuthorizeResult.ALLOW) {
              res.sendStatus(403);
              return;
            }
            res.type('application/json').send(answer.text);
          });
          httpRouter.use(router);
        },
      });
    },
  });
}
