import type { Locator, Page } from '@playwright/test';

/** A pull request on the Git host. */
export class PullRequestPage {
  readonly title: Locator;
  readonly merge: Locator;
  readonly merged: Locator;

  constructor(readonly page: Page) {
    this.title = page.getByRole('heading', { level: 1 });
    this.merge = page.getByRole('button', { name: 'Merge' });
    this.merged = page.getByRole('status').filter({ hasText: 'Merged into' });
  }

  /** What the diff adds, by path. */
  async added(): Promise<Record<string, string>> {
    const headings = this.page.getByRole('heading', { level: 3 });
    const added: Record<string, string> = {};
    for (const heading of await headings.allTextContents()) {
      const lines = await this.page
        .getByLabel(`Changes in ${heading}`)
        // One element a line; the page tells additions apart by class alone.
        .locator('.line.added')
        .allTextContents();
      const path = heading.replace(/ \(new\)$/, '').trim();
      added[path] = lines.map(line => `${line.slice(1)}\n`).join('');
    }
    return added;
  }
}
