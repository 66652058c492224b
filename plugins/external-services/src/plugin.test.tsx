import { screen } from '@testing-library/react';
import {
  createExtensionTester,
  renderTestApp,
} from '@backstage/frontend-test-utils';
import { ApiBlueprint } from '@backstage/frontend-plugin-api';
import { EntityCardBlueprint } from '@backstage/plugin-catalog-react/alpha';
import { createTestEntityPage } from '@backstage/plugin-catalog-react/testUtils';
import { externalServicesApiRef } from './api/ExternalServicesApi';
import { FakeExternalServicesApi } from './__testUtils__/FakeExternalServicesApi';
import { orders } from './__fixtures__/entity';
import { response } from './__fixtures__/mappings';
import externalServicesPlugin from './index';

const card = externalServicesPlugin.getExtension(
  'entity-card:external-services',
);
const fakeApi = ApiBlueprint.make({
  name: 'fake',
  params: defineParams =>
    defineParams({
      api: externalServicesApiRef,
      deps: {},
      factory: () => new FakeExternalServicesApi(response()),
    }),
});

describe('the plugin of the new frontend system', () => {
  it('brings a content card for components that configuration can narrow', () => {
    const tester = createExtensionTester(card);

    expect(tester.get(EntityCardBlueprint.dataRefs.type)).toBe('content');
    const applies = tester.get(EntityCardBlueprint.dataRefs.filterFunction);
    expect(applies?.(orders)).toBe(true);
    expect(applies?.({ ...orders, kind: 'System' })).toBe(false);

    const narrowed = createExtensionTester(card, {
      config: {
        filter: {
          'metadata.annotations.external-services/manifests': { $exists: true },
        },
      },
    });
    expect(
      narrowed.get(EntityCardBlueprint.dataRefs.filterFunction)?.(orders),
    ).toBe(false);
  });

  // A whole app is loaded here, which takes a busy machine a while.
  const FIRST_PAGE = { timeout: 30_000 };
  it('shows the card on the page of a component', async () => {
    renderTestApp({
      extensions: [createTestEntityPage({ entity: orders }), card, fakeApi],
    });

    expect(
      await screen.findByRole(
        'heading',
        { level: 3, name: 'External services' },
        FIRST_PAGE,
      ),
    ).toBeInTheDocument();
    expect(
      await screen.findByRole('heading', { level: 4 }, FIRST_PAGE),
    ).toHaveTextContent('external-db.payments');
  }, 60_000);

  it('can be found by the portal', () => {
    expect(externalServicesPlugin).toMatchObject({
      $$type: '@backstage/FrontendPlugin',
      pluginId: 'external-services',
    });
  });
});
