import type { Locator, Page } from '@playwright/test';

/** One service of the card. */
export class ServiceRow {
  readonly root: Locator;
  /** Opens and closes the panel; its name says service, kind and state. */
  readonly trigger: Locator;
  /** One item an environment, while the panel is closed. */
  readonly lines: Locator;
  /** The five checks, while the panel is open. */
  readonly checks: Locator;

  constructor(card: Locator, page: Page, name: string) {
    const heading = page.getByRole('heading', {
      level: 4,
      name: new RegExp(`^${name}(\\.| |$)`),
    });
    this.root = card.getByRole('listitem').filter({ has: heading });
    this.trigger = this.root
      .getByRole('heading', { level: 4 })
      .getByRole('button');
    this.lines = this.root
      .getByRole('list', { name: `Environments of ${name}` })
      .getByRole('listitem');
    this.checks = this.root
      .getByRole('list', { name: `Checks of ${name}` })
      .locator(':scope > li');
  }

  line(environment: string): Locator {
    return this.lines.filter({ hasText: new RegExp(`^${environment}`) });
  }

  check(name: string): Locator {
    return this.checks.filter({
      hasText: new RegExp(`^(passed|warning|failed|not checked)\\s*${name}`),
    });
  }
}
