import {
  ApiBlueprint,
  createFrontendPlugin,
  PageBlueprint,
} from '@backstage/frontend-plugin-api';
import { createDevApp } from '@backstage/frontend-dev-utils';
import { externalServicesApiRef } from '../src/api/ExternalServicesApi';
import externalServicesPlugin from '../src';
import { StoriesApi } from './StoriesApi';

const pluginWithStories = externalServicesPlugin.withOverrides({
  extensions: [
    ApiBlueprint.make({
      params: defineParams =>
        defineParams({
          api: externalServicesApiRef,
          deps: {},
          factory: () => new StoriesApi(),
        }),
    }),
  ],
});

createDevApp({
  features: [
    pluginWithStories,
    createFrontendPlugin({
      pluginId: 'stories',
      extensions: [
        PageBlueprint.make({
          params: {
            path: '/',
            title: 'External services',
            noHeader: true,
            loader: () =>
              import('./StoriesPage').then(module => <module.StoriesPage />),
          },
        }),
      ],
    }),
  ],
});
