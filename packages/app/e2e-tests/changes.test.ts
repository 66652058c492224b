import { expect, test } from './fixtures/test';
import { alias } from './fixtures/manifests';
import { screenshot } from './fixtures/screenshot';
import { ComponentPage } from './pages/ComponentPage';

test('a DNS server that dies: the last good answer stays with its age, then the card says so, and recovers by itself', async ({
  keptPage: page,
  portal,
}) => {
  portal.dns.set('short.example.com', { a: ['198.51.100.70'], ttl: 1 });
  await portal.addComponent('watcher', {
    files: { 'external-services/db.yaml': alias('db', 'short.example.com') },
  });
  const { card, service } = await open(page, 'watcher');
  const row = service('db');
  await expect(row.trigger).toContainText('Resolves');
  await expect(row.line('prod')).toContainText('198.51.100.70');
  await page.evaluate(() => {
    document.title = 'not reloaded';
  });

  await portal.dns.stop();
  try {
    // One answer that is missing flips nothing.
    await expect(row.trigger).toContainText('Resolves');
    await expect(row.line('prod')).toContainText('198.51.100.70');
    await expect(row.trigger).toContainText('Unknown', { timeout: 45_000 });
    await expect(row.line('prod')).toContainText(
      /last good 198\.51\.100\.70 at \d/,
    );
    // Said once, of the portal; the service is not blamed.
    await expect(card).toContainText(
      /DNS answers nothing that is asked from .+ This is a problem of the portal/,
    );
    await row.trigger.click();
    await expect(row.root).not.toContainText('Problem in DNS');
    await expect(row.check('DNS')).toContainText(
      'Not checked: DNS answers nothing that the portal asks.',
    );
    await screenshot(card, 'dns-dead');
    await row.trigger.click();
  } finally {
    await portal.dns.start();
  }

  await expect(row.trigger).toContainText('Resolves', { timeout: 45_000 });
  await expect(row.line('prod')).toContainText('198.51.100.70');
  await screenshot(card, 'dns-back');
  await expect(page).toHaveTitle('not reloaded');
});

test('9. Stopping the portal’s backend shows "This is a problem of the portal, not of {component}"; Try again works without reload', async ({
  page,
  portal,
  browserErrors,
}) => {
  browserErrors.allow(
    /ERR_CONNECTION_REFUSED|ERR_CONNECTION_RESET|ERR_EMPTY_RESPONSE|WebSocket/,
    // Other parts of the page ask the catalog.
    /Failed to fetch[^]*\.getEntit/,
  );
  const seen = await ComponentPage.open(page, 'products');
  await expect(seen.service('external-api').trigger).toBeVisible();

  // Here the backend stops after the page, and before the card, has its answer.
  const other = await page.context().newPage();
  let stopped = () => {};
  const isStopped = new Promise<void>(resolve => {
    stopped = resolve;
  });
  await other.route('**/mappings', async route => {
    await isStopped;
    await route.continue();
  });
  const unseen = await ComponentPage.open(other, 'products');

  await portal.stopBackend();
  try {
    stopped();
    const fault =
      'This is a problem of the portal, not of products. Its server cannot be reached.';
    await expect(unseen.card).toContainText(
      'External services could not be loaded',
    );
    await expect(unseen.card).toContainText(fault);
    await screenshot(unseen.card, '9-not-loaded');

    await page.bringToFront();
    await seen.checkNow.click();
    await expect(seen.card).toContainText(fault);
    // What was known stays.
    await expect(seen.service('external-api').trigger).toBeVisible();
    await screenshot(seen.card, '9-check-failed');
  } finally {
    await portal.startBackend();
  }

  for (const { page: tab, card, service } of [seen, unseen].map(withService)) {
    await tab.bringToFront();
    await tab.evaluate(() => {
      document.title = 'not reloaded';
    });
    const tryAgain = card.getByRole('button', { name: 'Try again' });
    // The backend may say at first that it is still starting.
    await expect(async () => {
      if (await tryAgain.isVisible()) {
        // It may go by itself at any moment.
        await tryAgain.click({ timeout: 2_000 });
      }
      await expect(card).not.toContainText('problem of the portal', {
        timeout: 5_000,
      });
    }).toPass({ timeout: 30_000 });
    await expect(service('external-api').trigger).toBeVisible();
    await expect(tab).toHaveTitle('not reloaded');
  }
});

function withService(component: ComponentPage) {
  return {
    page: component.page,
    card: component.card,
    service: (name: string) => component.service(name),
  };
}

async function open(...args: Parameters<typeof ComponentPage.open>) {
  return withService(await ComponentPage.open(...args));
}
