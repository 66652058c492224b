import { act, screen } from '@testing-library/react';
import {
  appLanguageApiRef,
  createTranslationRef,
  translationApiRef,
  type AppLanguageApi,
  type TranslationApi,
} from '@backstage/frontend-plugin-api';
import { mockApis, renderInTestApp } from '@backstage/frontend-test-utils';
import { EntityProvider } from '@backstage/plugin-catalog-react';
import { externalServicesApiRef } from '../api/ExternalServicesApi';
import { FakeExternalServicesApi } from '../__testUtils__/FakeExternalServicesApi';
import { orders } from '../__fixtures__/entity';
import { STORIES } from '../__fixtures__/stories';
import { externalServicesTranslationRef } from '../translations';
import { ExternalServicesCard } from './ExternalServicesCard';

/** Names of things, and codes: they stay what they are in every language. */
const NAMES = [
  'example.org/shop/orders',
  'external-services/prod/external-db.yaml',
  'example.org',
  'certificate expired',
  'the connection was refused',
  '403, the token has expired',
  'port name "https" on an alias has no effect',
  'spec.ports[1].name: Required value',
  'legacy-mail',
  'legacy-db',
  'the portal',
  'prod-eu',
  'prod-us',
  'staging',
  'orders',
  'guest',
  'main',
  'perf',
  'prod',
  'test',
  'dev',
];

/** The close button of a dialog is labelled by the design system. */
const DESIGN_SYSTEM_WORDS = ['Close'];

/** The default messages with every letter outside of a parameter made Cyrillic. */
function pseudoMessages(): Record<string, string> {
  const ref = externalServicesTranslationRef as unknown as {
    getDefaultMessages(): Record<string, string>;
  };
  return Object.fromEntries(
    Object.entries(ref.getDefaultMessages()).map(([key, message]) => [
      key,
      message.replace(/(\{\{.*?\}\})|[A-Za-z]/g, (_, param) => param ?? 'ж'),
    ]),
  );
}

function pseudoTranslations(): TranslationApi {
  const pseudoRef = createTranslationRef({
    id: externalServicesTranslationRef.id,
    messages: pseudoMessages(),
  });
  const api = mockApis.translation();
  return {
    translation$: api.translation$.bind(api),
    getTranslation: (ref: { id: string }) =>
      api.getTranslation(
        (ref.id === pseudoRef.id ? pseudoRef : ref) as typeof pseudoRef,
      ),
  } as TranslationApi;
}

const japanese: Pick<AppLanguageApi, 'getLanguage' | 'language$'> = {
  getLanguage: () => ({ language: 'ja' }),
  language$: () => ({ subscribe: () => ({ unsubscribe: () => {} }) } as never),
};

/** Everything a person reads or hears of the element, without names. */
function wordsOf(element: Element): string[] {
  const copy = element.cloneNode(true) as Element;
  copy
    .querySelectorAll('[translate="no"], [lang="en"], style')
    .forEach(node => node.remove());
  const labels = [...copy.querySelectorAll('[aria-label]')].map(
    node => node.getAttribute('aria-label') ?? '',
  );
  let text = [copy.textContent, ...labels].join('\n');
  NAMES.forEach(name => {
    text = text.replaceAll(name, ' ');
  });
  // Full names stand in the labels of copy buttons.
  text = text.replace(/[a-z0-9-]+(\.[a-z0-9-]+)*(:\d+)?(?=\s|$)/g, found =>
    /external-db|books|search|partner-api|external-api|billing-db|\.svc\./.test(
      found,
    )
      ? ' '
      : found,
  );
  return text.match(/[A-Za-z]{2,}/g) ?? [];
}

describe('ExternalServicesCard in another language', () => {
  it.each(
    Object.keys(STORIES).filter(name => !['twelve', 'many'].includes(name)),
  )('leaves no English word in the state "%s"', async name => {
    const { answer, failure } = STORIES[name];
    await act(async () => {
      await renderInTestApp(
        <EntityProvider entity={orders}>
          <ExternalServicesCard />
        </EntityProvider>,
        {
          apis: [
            [
              externalServicesApiRef,
              new FakeExternalServicesApi(answer?.() ?? failure ?? 'never'),
            ],
            [translationApiRef, pseudoTranslations()],
            [appLanguageApiRef, japanese],
          ],
        },
      );
    });
    for (const heading of screen.queryAllByRole('heading', { level: 4 })) {
      await act(async () => heading.querySelector('button')?.click());
    }
    if (screen.queryAllByRole('heading', { level: 4 }).length > 0) {
      await screen.findAllByText('жжж жж жжжж жжж');
    }

    const card = document.querySelector('section[aria-labelledby]')!;
    expect(card).toHaveTextContent('жжжжжжжж жжжжжжжж');
    expect(wordsOf(card)).toEqual([]);
  });

  it.each(['state-resolves', 'not-set-up'])(
    'leaves no English word in the dialogs and menus of "%s"',
    async name => {
      await act(async () => {
        await renderInTestApp(
          <EntityProvider entity={orders}>
            <ExternalServicesCard />
          </EntityProvider>,
          {
            apis: [
              [
                externalServicesApiRef,
                new FakeExternalServicesApi(STORIES[name].answer!()),
              ],
              [translationApiRef, pseudoTranslations()],
              [appLanguageApiRef, japanese],
            ],
          },
        );
      });
      await act(async () =>
        screen.getByRole('button', { name: 'жжжж' }).click(),
      );
      const menu = await screen.findByRole('menu');
      expect(wordsOf(menu)).toEqual([]);
      await act(async () =>
        screen
          .getByRole('menuitem', { name: 'жжжж жж жжжжж жжжжж жжжж?' })
          .click(),
      );
      const dialog = await screen.findByRole('dialog');
      expect(
        wordsOf(dialog).filter(word => !DESIGN_SYSTEM_WORDS.includes(word)),
      ).toEqual([]);
    },
  );
});
