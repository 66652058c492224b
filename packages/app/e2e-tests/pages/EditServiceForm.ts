import type { Locator, Page } from '@playwright/test';

/** The forms for services that are there: change the target, remove, check. */
export class EditServiceForm {
  readonly component: Locator;
  readonly name: Locator;
  /** "I have checked that no app uses this name." */
  readonly checked: Locator;
  readonly next: Locator;
  readonly review: Locator;
  readonly create: Locator;

  constructor(readonly page: Page) {
    this.component = page.getByRole('textbox', { name: 'Component' });
    this.name = page.getByRole('textbox', { name: 'Name in the cluster' });
    this.checked = page.getByRole('checkbox', { name: /^I have checked/ });
    this.next = page.getByRole('button', { name: 'Next' });
    this.review = page.getByRole('button', { name: 'Review' });
    this.create = page.getByRole('button', { name: 'Open pull request' });
  }

  target(environment: string): Locator {
    return this.page.getByRole('textbox', { name: environment, exact: true });
  }
}
