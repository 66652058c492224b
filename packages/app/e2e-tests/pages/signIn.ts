import type { Locator, Page } from '@playwright/test';

/**
 * Opens a page of the portal, as a guest where it asks who is there. From
 * another page of the portal it goes there as a link does, without a reload.
 */
export async function openSignedIn(
  page: Page,
  path: string,
  ready: Locator,
): Promise<void> {
  const isThere = page.url().endsWith(path);
  if (page.url().startsWith('http') && !isThere) {
    await page.evaluate(to => {
      window.history.pushState(null, '', to);
      window.dispatchEvent(new PopStateEvent('popstate'));
    }, path);
  } else {
    await page.goto(path);
  }
  const enter = page.getByRole('button', { name: 'Enter' });
  await enter.or(ready).first().waitFor();
  if (await enter.isVisible()) {
    await enter.click();
    // A list does not sort itself under a pointer.
    await page.mouse.move(0, 0);
  }
  await ready.waitFor();
}
