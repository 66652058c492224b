import {
  ApiBlueprint,
  createFrontendPlugin,
  fetchApiRef,
} from '@backstage/frontend-plugin-api';
import { EntityCardBlueprint } from '@backstage/plugin-catalog-react/alpha';
import { RiRouteLine } from '@remixicon/react';
import { externalServicesApiRef } from './api/ExternalServicesApi';
import { ExternalServicesClient } from './api/ExternalServicesClient';

const externalServicesApi = ApiBlueprint.make({
  params: defineParams =>
    defineParams({
      api: externalServicesApiRef,
      deps: { fetchApi: fetchApiRef },
      factory: ({ fetchApi }) => new ExternalServicesClient({ fetchApi }),
    }),
});

const externalServicesEntityCard = EntityCardBlueprint.make({
  params: {
    type: 'content',
    filter: { kind: 'component' },
    loader: () =>
      import('./components/ExternalServicesCard').then(module => (
        <module.ExternalServicesCard />
      )),
  },
});

/**
 * Shows the external services of a component on its page.
 *
 * @public
 */
export const externalServicesPlugin = createFrontendPlugin({
  pluginId: 'external-services',
  title: 'External services',
  icon: <RiRouteLine />,
  info: { packageJson: () => import('../package.json') },
  extensions: [externalServicesApi, externalServicesEntityCard],
});
