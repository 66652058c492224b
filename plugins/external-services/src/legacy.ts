/**
 * The external services card for apps of the old frontend system.
 *
 * @packageDocumentation
 */
import {
  createApiFactory,
  createComponentExtension,
  createPlugin,
  fetchApiRef,
} from '@backstage/core-plugin-api';
import { externalServicesApiRef } from './api/ExternalServicesApi';
import { ExternalServicesClient } from './api/ExternalServicesClient';

/**
 * The plugin for apps of the old frontend system.
 *
 * @public
 */
export const externalServicesPlugin = createPlugin({
  id: 'external-services',
  apis: [
    createApiFactory({
      api: externalServicesApiRef,
      deps: { fetchApi: fetchApiRef },
      factory: ({ fetchApi }) => new ExternalServicesClient({ fetchApi }),
    }),
  ],
});

/**
 * Entity card with the external services of the entity in context.
 *
 * @public
 */
export const EntityExternalServicesCard = externalServicesPlugin.provide(
  createComponentExtension({
    name: 'EntityExternalServicesCard',
    component: {
      lazy: () =>
        import('./components/ExternalServicesCard').then(
          module => module.ExternalServicesCard,
        ),
    },
  }),
);

export {
  externalServicesApiRef,
  type ExternalServicesApi,
} from './api/ExternalServicesApi';
