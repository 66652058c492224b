import { expect, type Locator, type Page } from '@playwright/test';

/** What the forms of all templates have. */
export class TemplateForm {
  readonly component: Locator;
  readonly name: Locator;
  readonly next: Locator;
  readonly review: Locator;
  readonly create: Locator;
  /** The page that sums up what was entered. */
  readonly summary: Locator;

  constructor(readonly page: Page) {
    this.component = page.getByRole('textbox', { name: 'Component' });
    this.name = page.getByRole('textbox', { name: 'Name in the cluster' });
    this.next = page.getByRole('button', { name: 'Next' });
    this.review = page.getByRole('button', { name: 'Review' });
    this.create = page.getByRole('button', { name: 'Open pull request' });
    this.summary = page.getByRole('table');
  }

  /** Presses Review and waits for a refusal. */
  async reviewRefused(message: string): Promise<void> {
    // A form that has just opened has been seen to swallow a press.
    await expect(async () => {
      await this.review.click();
      await expect(this.page.getByText(message).first()).toBeVisible({
        timeout: 5_000,
      });
    }).toPass({ timeout: 20_000 });
  }

  target(environment: string): Locator {
    return this.page.getByRole('textbox', { name: environment, exact: true });
  }
}
