import { createBackend } from '@backstage/backend-defaults';
import { mockServices } from '@backstage/backend-test-utils';
import { catalogServiceMock } from '@backstage/plugin-catalog-node/testUtils';

/**
 * The plugin alone, without sign-in, on port 7008: `yarn start` here, then
 * http://localhost:7008/api/external-services/entities/component/default/orders/mappings.
 * The repository is that of the demo's Git host, which `npm start` runs.
 */
const GIT_HOST = 'localhost:7017';

const backend = createBackend();

backend.add(mockServices.auth.factory());
backend.add(mockServices.httpAuth.factory());
backend.add(
  mockServices.rootConfig.factory({
    data: {
      backend: {
        baseUrl: 'http://localhost:7008',
        listen: '127.0.0.1:7008',
        database: { client: 'better-sqlite3', connection: ':memory:' },
      },
      integrations: {
        github: [
          {
            host: GIT_HOST,
            apiBaseUrl: `http://${GIT_HOST}/api/v3`,
            token: 'demo',
          },
        ],
      },
      externalServices: {
        environments: [{ name: 'dev' }, { name: 'prod' }],
      },
    },
  }),
);
backend.add(
  catalogServiceMock.factory({
    entities: [
      {
        apiVersion: 'backstage.io/v1alpha1',
        kind: 'Component',
        metadata: {
          name: 'orders',
          namespace: 'default',
          uid: 'orders',
          annotations: {
            'backstage.io/managed-by-location': `url:http://${GIT_HOST}/shop/orders/blob/main/catalog-info.yaml`,
            'external-services/manifests': 'deploy/**/*.yaml',
          },
        },
      },
    ],
  }),
);
backend.add(import('../src'));

backend.start();
