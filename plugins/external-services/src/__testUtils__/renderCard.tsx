import { EntityProvider } from '@backstage/plugin-catalog-react';
import { act } from '@testing-library/react';
import { renderInTestApp } from '@backstage/frontend-test-utils';
import { externalServicesApiRef } from '../api/ExternalServicesApi';
import { ExternalServicesCard } from '../components/ExternalServicesCard';
import {
  FakeExternalServicesApi,
  type Answer,
} from './FakeExternalServicesApi';
import { orders } from '../__fixtures__/entity';

/** Renders the card of a component whose backend answers as given. */
export async function renderCard(
  answer: Answer | FakeExternalServicesApi,
): Promise<FakeExternalServicesApi> {
  const api =
    answer instanceof FakeExternalServicesApi
      ? answer
      : new FakeExternalServicesApi(answer);
  await act(async () => {
    await renderInTestApp(
      <EntityProvider entity={orders}>
        <ExternalServicesCard />
      </EntityProvider>,
      { apis: [[externalServicesApiRef, api]] },
    );
  });
  return api;
}
