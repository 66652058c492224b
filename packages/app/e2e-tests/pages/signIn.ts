import type { Locator, Page } from '@playwright/test';

/** Opens a page of the portal, as a guest where it asks who is there. */
export async function openSignedIn(
  page: Page,
  path: string,
  ready: Locator,
): Promise<void> {
  await page.goto(path);
  const enter = page.getByRole('button', { name: 'Enter' });
  await enter.or(ready).first().waitFor();
  if (await enter.isVisible()) {
    await enter.click();
    // A list does not sort itself under a pointer.
    await page.mouse.move(0, 0);
  }
  await ready.waitFor();
}
