import type { Locator, Page } from '@playwright/test';
import { PullRequestPage } from './PullRequestPage';

/** The page that shows how a template runs, and what came of it. */
export class TaskPage {
  readonly pullRequest: Locator;

  constructor(readonly page: Page) {
    this.pullRequest = page.getByRole('link', {
      name: 'Open the pull request',
    });
  }

  /** One of the texts of the result. */
  async show(title: string): Promise<void> {
    await this.page.getByRole('button', { name: title, exact: true }).click();
    await this.page.getByRole('heading', { name: title }).waitFor();
  }

  /** The YAML of the text "Files", in its order. */
  async files(): Promise<string[]> {
    await this.show('Files');
    // A block of code has no role of its own; the outer one only frames it.
    const blocks = this.page.locator('pre > code.language-yaml');
    await blocks.first().waitFor();
    return blocks.allTextContents();
  }

  entityLink(component: string): Locator {
    return this.page.getByRole('link', { name: `Open ${component}` });
  }

  /** Follows the link, which opens a tab of its own. */
  async openPullRequest(): Promise<PullRequestPage> {
    const opened = this.page.waitForEvent('popup');
    await this.pullRequest.click();
    const page = await opened;
    await page.waitForLoadState();
    return new PullRequestPage(page);
  }
}
