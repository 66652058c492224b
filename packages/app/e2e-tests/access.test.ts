import type { Page } from '@playwright/test';
import { expect, test } from './fixtures/test';
import { alias } from './fixtures/manifests';
import { screenshot } from './fixtures/screenshot';
import { AddServiceForm } from './pages/AddServiceForm';
import { ComponentPage } from './pages/ComponentPage';
import { TaskPage } from './pages/TaskPage';

/** Tag, role and name of what has the focus. */
async function focused(page: Page): Promise<string> {
  return page.evaluate(() => {
    const element = document.activeElement;
    return !element || element === document.body
      ? 'nothing'
      : element.getAttribute('aria-label') ??
          element.textContent?.trim() ??
          element.tagName;
  });
}

/** Presses Tab until what has the focus is called like this. */
async function tabTo(page: Page, name: RegExp, limit = 40): Promise<void> {
  const passed: string[] = [];
  for (let count = 0; count < limit; count++) {
    await page.keyboard.press('Tab');
    const now = await focused(page);
    if (name.test(now)) {
      return;
    }
    passed.push(now);
  }
  throw new Error(`Tab does not reach ${name}, only: ${passed.join(' | ')}`);
}

/** Goes on with Tab to the field with this id or name, and types. */
async function tabToField(
  page: Page,
  field: ReturnType<Page['locator']>,
  limit = 40,
): Promise<void> {
  for (let count = 0; count < limit; count++) {
    if (await field.evaluate(element => element === document.activeElement)) {
      return;
    }
    await page.keyboard.press('Tab');
  }
  await expect(field).toBeFocused();
}

test('23. The card works with the keyboard alone, and focus never disappears', async ({
  keptPage: page,
}) => {
  const checkout = await ComponentPage.open(page, 'checkout');
  const { card } = checkout;
  const row = checkout.service('partner-api');
  await expect(row.trigger).toContainText('Does not resolve');
  await card.evaluate(element => {
    element.tabIndex = -1;
    element.focus();
  });

  // In the order of the screen: header, then row by row.
  await tabTo(page, /^Check now$/, 1);
  await tabTo(page, /^More$/, 1);
  await page.keyboard.press('Enter');
  const menu = page.getByRole('menu');
  await expect(menu.getByRole('menuitem').first()).toBeFocused();
  await page.keyboard.press('Escape');
  await expect(menu).toHaveCount(0);
  await expect(checkout.more).toBeFocused();

  for (const service of ['partner-api', 'tax-api', 'external-api']) {
    await expect(checkout.service(service).trigger).toBeVisible();
  }
  await tabToField(page, row.trigger);
  await page.keyboard.press('Enter');
  await expect(row.checks).toHaveCount(5);
  await expect(row.trigger).toBeFocused();
  await expect(row.trigger).toHaveAttribute('aria-expanded', 'true');

  await tabTo(page, /^Copy name partner-api/, 1);
  await page.keyboard.press('Enter');
  await expect.poll(() => focused(page)).toBe('Copied');
  expect(await page.evaluate(() => navigator.clipboard.readText())).toBe(
    'partner-api.shop.svc.cluster.local',
  );
  await tabTo(page, /^Actions for partner-api$/, 1);
  await page.keyboard.press('Space');
  await expect(
    page.getByRole('menuitem', { name: 'Change target…' }),
  ).toBeFocused();
  await page.keyboard.press('End');
  await expect(
    page.getByRole('menuitem', { name: /Open in repository/ }),
  ).toBeFocused();
  await page.keyboard.press('Escape');
  await expect.poll(() => focused(page)).toBe('Actions for partner-api');

  // Environments are one stop; arrows choose.
  await tabTo(page, /^(dev|prod)$/, 2);
  await page.keyboard.press('ArrowRight');
  await page.keyboard.press('ArrowLeft');
  expect(await focused(page)).toMatch(/^(dev|prod)$/);
  await tabTo(page, /^Show YAML$/);
  await page.keyboard.press('Enter');
  await expect(
    card.getByRole('region', { name: 'YAML of partner-api' }),
  ).toBeVisible();
  await expect.poll(() => focused(page)).toBe('Hide YAML');
  await screenshot(card, '23-keyboard');

  await tabToFieldBackwards(page, row.trigger);
  await page.keyboard.press('Space');
  await expect(row.checks).toHaveCount(0);
  await expect(row.trigger).toBeFocused();
});

async function tabToFieldBackwards(
  page: Page,
  field: ReturnType<Page['locator']>,
): Promise<void> {
  for (let count = 0; count < 30; count++) {
    if (await field.evaluate(element => element === document.activeElement)) {
      return;
    }
    await page.keyboard.press('Shift+Tab');
  }
  await expect(field).toBeFocused();
}

test('23. Focus stays on the same service when a refresh reorders rows', async ({
  keptPage: page,
  portal,
}) => {
  portal.dns.set('first.example.com', { a: ['198.51.100.71'], ttl: 1 });
  portal.dns.set('second.example.com', { a: ['198.51.100.72'], ttl: 1 });
  await portal.addComponent('shuffle', {
    files: {
      'external-services/a.yaml': alias('a-first', 'first.example.com'),
      'external-services/b.yaml': alias('b-second', 'second.example.com'),
    },
  });
  const shuffle = await ComponentPage.open(page, 'shuffle');
  const { card, services } = shuffle;
  const row = shuffle.service('b-second');
  await expect(row.trigger).toContainText('Resolves');
  await expect(services).toHaveText([/^a-first/, /^b-second/]);
  await row.trigger.focus();

  portal.dns.remove('second.example.com');
  await expect(row.trigger).toContainText('Does not resolve', {
    timeout: 30_000,
  });
  await expect(row.trigger).toBeFocused();
  await expect(services).toHaveText([/^a-first/, /^b-second/]);
  await expect(card).toContainText('Order changed.');
  await screenshot(card, '23-order-changed');

  await tabTo(page, /^Sort again$/);
  await page.keyboard.press('Enter');
  await expect(services).toHaveText([/^b-second/, /^a-first/]);
  expect(await focused(page)).not.toBe('nothing');

  // Without the focus in the card the order follows by itself.
  portal.dns.remove('first.example.com');
  portal.dns.set('second.example.com', { a: ['198.51.100.72'], ttl: 1 });
  await expect(shuffle.service('a-first').trigger).toContainText(
    'Does not resolve',
    { timeout: 30_000 },
  );
  expect(await focused(page)).not.toBe('nothing');
});

test('23. The form works with the keyboard alone', async ({
  keptPage: page,
  portal,
}) => {
  await portal.addComponent('keys');
  const { card } = await ComponentPage.open(page, 'keys');
  await expect(card).toContainText('No external services yet');
  await card.evaluate(element => {
    element.tabIndex = -1;
    element.focus();
  });
  await tabTo(page, /^Add an external service$/);
  await page.keyboard.press('Enter');

  const form = new AddServiceForm(page);
  await form.next.waitFor();
  await tabToField(page, form.target('dev'));
  await page.keyboard.type('cache.example.com');
  await page.keyboard.press('Tab');
  await expect(form.target('staging')).toBeFocused();
  await page.keyboard.press('Tab');
  await expect(form.target('prod')).toBeFocused();
  await page.keyboard.type('queue.example.com');
  await tabToField(page, form.protocol);
  await page.keyboard.press('Enter');
  await expect(page.getByRole('listbox')).toBeVisible();
  await page.keyboard.type('Redis');
  await page.keyboard.press('Enter');
  await expect(form.protocol).toBeFocused();
  await expect(form.protocol).toHaveText('Redis');
  await tabToField(page, form.next);
  await page.keyboard.press('Enter');
  await form.review.waitFor();
  await tabToField(page, form.review);
  await page.keyboard.press('Enter');
  await form.create.waitFor();
  await tabToField(page, form.create);
  await page.keyboard.press('Enter');
  await expect(new TaskPage(page).pullRequest).toBeVisible({ timeout: 30_000 });
  expect((await portal.traces('keys')).pulls).toHaveLength(1);
});

test('24. A screen reader hears: card heading, number of services, each name with its state', async ({
  keptPage: page,
}) => {
  const { card, services } = await ComponentPage.open(page, 'checkout');
  await expect(services).toHaveCount(3);
  await expect(services.nth(1)).toContainText('Does not resolve');
  await expect(card).toMatchAriaSnapshot(`
    - region "External services":
      - article:
        - heading "External services" [level=3]
        - text: 3 services, 2 need attention
        - time: /\\d+ sec\\. ago|\\d+ min\\. ago/
        - button "Check now"
        - button "More"
        - list:
          - listitem:
            - heading "partner-api.shop DNS alias port 443 Does not resolve in prod" [level=4]
            - button "Copy name partner-api.shop.svc.cluster.local"
            - button "Actions for partner-api"
            - list "Environments of partner-api"
          - listitem:
            - heading "tax-api.shop DNS alias port 8443 Does not resolve" [level=4]
          - listitem:
            - heading "external-api Fixed addresses port 80 Declared" [level=4]
  `);
  await expect(services.nth(0).getByRole('button')).toHaveAttribute(
    'aria-expanded',
    'false',
  );
  const one = await ComponentPage.open(page, 'orders');
  await expect(one.services).toHaveCount(1);
  await expect(one.card).toMatchAriaSnapshot(`
    - heading "External services" [level=3]
    - text: 1 service
  `);
});

test('24. One summary is announced after a change', async ({
  keptPage: page,
  portal,
}) => {
  for (const [name, address] of [
    ['north', '198.51.100.81'],
    ['south', '198.51.100.82'],
  ]) {
    portal.dns.set(`${name}.example.com`, { a: [address], ttl: 1 });
  }
  await portal.addComponent('herald', {
    files: {
      'external-services/north.yaml': alias('north', 'north.example.com'),
      'external-services/south.yaml': alias('south', 'south.example.com'),
    },
  });
  const herald = await ComponentPage.open(page, 'herald');
  await expect(herald.service('north').trigger).toContainText('Resolves');
  await expect(herald.service('south').trigger).toContainText('Resolves');
  // What was said while the card was loading is another matter.
  const regions = herald.card.getByRole('status');
  await regions.evaluateAll(elements => {
    const said: string[] = [];
    Object.assign(window, { said });
    for (const element of elements) {
      new MutationObserver(() => {
        const text = element.textContent?.trim();
        if (text && text !== said.at(-1)) {
          said.push(text);
        }
      }).observe(element, {
        childList: true,
        subtree: true,
        characterData: true,
      });
    }
  });

  portal.dns.remove('north.example.com');
  portal.dns.remove('south.example.com');
  for (const name of ['north', 'south']) {
    await expect(herald.service(name).trigger).toContainText(
      'Does not resolve',
      { timeout: 30_000 },
    );
  }
  // One answer may come a moment before the other; then two summaries tell of them.
  const counts = async () => {
    const said = (await page.evaluate('window.said')) as string[];
    return ['north', 'south'].map(
      name =>
        said.filter(text =>
          text.includes(`${name} now does not resolve in prod`),
        ).length,
    );
  };
  await expect.poll(counts, { timeout: 30_000 }).toEqual([1, 1]);
});
