import type { Locator, Page } from '@playwright/test';
import { ServiceRow } from './ServiceRow';
import { openSignedIn } from './signIn';

/** The page of a component, with the card. */
export class ComponentPage {
  readonly card: Locator;
  readonly checkNow: Locator;
  readonly more: Locator;
  /** Headings of the services, in the order of the card. */
  readonly services: Locator;

  constructor(readonly page: Page) {
    this.card = page.getByRole('region', { name: 'External services' });
    this.checkNow = this.card
      .getByRole('button', { name: 'Check now' })
      .first();
    this.more = this.card.getByRole('button', { name: 'More', exact: true });
    this.services = this.card.getByRole('heading', { level: 4 });
  }

  /** Opens the page of a component, signed in as a guest. */
  static async open(page: Page, name: string): Promise<ComponentPage> {
    const component = new ComponentPage(page);
    await openSignedIn(
      page,
      `/catalog/default/component/${name}`,
      // The card alone may still be that of the component that was there before.
      page.getByRole('heading', { level: 2, name, exact: true }),
    );
    await component.card.waitFor();
    return component;
  }

  service(name: string): ServiceRow {
    return new ServiceRow(this.card, this.page, name);
  }
}
