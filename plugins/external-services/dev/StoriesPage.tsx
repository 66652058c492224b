import { EntityProvider } from '@backstage/plugin-catalog-react';
import { ExternalServicesCard } from '../src/components/ExternalServicesCard';
import { STORIES } from '../src/__fixtures__/stories';

const WIDTHS = [740, 470, 330];

/**
 * Every state of the card. `?story=one,twelve` shows some, `?width=330` shows one
 * width.
 */
export function StoriesPage() {
  const query = new URLSearchParams(window.location.search);
  const story = query.get('story');
  const names = story ? story.split(',') : Object.keys(STORIES);
  const width = query.get('width');
  const widths = width ? [Number(width)] : WIDTHS;
  return (
    <main style={{ padding: 16, overflow: 'auto' }}>
      {names.map(name => (
        <div key={name} data-story={name} style={{ marginBottom: 32 }}>
          <h2>{STORIES[name].title}</h2>
          <div style={{ display: 'flex', gap: 16, alignItems: 'flex-start' }}>
            {widths.map(inlineSize => (
              <div key={inlineSize} style={{ inlineSize, flex: 'none' }}>
                <EntityProvider entity={entity(name)}>
                  <ExternalServicesCard />
                </EntityProvider>
              </div>
            ))}
          </div>
        </div>
      ))}
    </main>
  );
}

function entity(name: string) {
  return {
    apiVersion: 'backstage.io/v1alpha1',
    kind: 'Component',
    metadata: {
      name,
      title: 'orders',
      uid: name,
      annotations: {
        'backstage.io/edit-url':
          'https://example.org/shop/orders/edit/main/catalog-info.yaml',
      },
    },
    spec: { type: 'service', lifecycle: 'production', owner: 'team-payments' },
  };
}
