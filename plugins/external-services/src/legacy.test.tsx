import { screen } from '@testing-library/react';
import { EntityProvider } from '@backstage/plugin-catalog-react';
import { renderInTestApp, TestApiProvider } from '@backstage/test-utils';
import { FakeExternalServicesApi } from './__testUtils__/FakeExternalServicesApi';
import { orders } from './__fixtures__/entity';
import { response } from './__fixtures__/mappings';
import {
  EntityExternalServicesCard,
  externalServicesApiRef,
  externalServicesPlugin,
} from './legacy';

describe('the plugin of the old frontend system', () => {
  it('shows the card on the page of a component', async () => {
    await renderInTestApp(
      <TestApiProvider
        apis={[
          [externalServicesApiRef, new FakeExternalServicesApi(response())],
        ]}
      >
        <EntityProvider entity={orders}>
          <EntityExternalServicesCard />
        </EntityProvider>
      </TestApiProvider>,
    );

    expect(await screen.findByRole('heading', { level: 4 })).toHaveTextContent(
      'external-db.payments',
    );
  });

  it('brings the client of the backend', () => {
    expect(
      [...externalServicesPlugin.getApis()].map(({ api }) => api.id),
    ).toEqual([externalServicesApiRef.id]);
  });
});
