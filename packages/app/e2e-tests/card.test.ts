import type { Locator } from '@playwright/test';
import { expect, test } from './fixtures/test';
import { screenshot } from './fixtures/screenshot';
import { chooseTheme } from './fixtures/settings';
import { unreadableText } from './fixtures/textLayout';
import { ComponentPage } from './pages/ComponentPage';

const WIDTHS = [1400, 1000, 600];
const COMPONENTS = { orders: 1, checkout: 3, gateway: 12 };

for (const theme of ['Light', 'Dark'] as const) {
  test(`1. A component with one, three and twelve services shows the card at 1400, 1000 and 600 px without sideways scrolling or cut words (${theme.toLowerCase()})`, async ({
    page,
  }) => {
    await chooseTheme(page, theme);
    for (const [name, count] of Object.entries(COMPONENTS)) {
      const { card, services } = await ComponentPage.open(page, name);
      await expect(services).toHaveCount(Math.min(count, 5));
      await expect(card.getByText('Checking')).toHaveCount(0);
      if (count > 5) {
        await expect(
          card.getByRole('button', { name: `Show all ${count}` }),
        ).toBeVisible();
      }
      const look = async (what: string) => {
        for (const width of WIDTHS) {
          await page.setViewportSize({ width, height: 1000 });
          await screenshot(card, `1-${what}-${width}-${theme.toLowerCase()}`);
          const at = `${what} at ${width} px`;
          expect(await unreadableText(card), at).toEqual([]);
          const overflow = await page.evaluate(
            () =>
              document.documentElement.scrollWidth -
              document.documentElement.clientWidth,
          );
          expect(overflow, `sideways scrolling, ${at}`).toBeLessThanOrEqual(0);
        }
      };
      await look(name);
      await services.first().getByRole('button').click();
      await expect(
        card.getByRole('list', { name: /^Checks of/ }),
      ).toBeVisible();
      await look(`${name}-open`);
    }
  });
}

test('2. The worst service is on top and its name line says state and environment', async ({
  keptPage: page,
}) => {
  const { services } = await ComponentPage.open(page, 'checkout');
  await expect(services).toHaveCount(3);
  await expect(services.nth(0)).toHaveText(
    /^(partner-api|tax-api)\.shop.*Does not resolve/,
  );
  await expect(services.filter({ hasText: 'partner-api' })).toContainText(
    'Does not resolve in prod',
  );
  await expect(services.nth(2)).toHaveText(/^external-api.*Declared/);
});

test('3. Opening a failing row takes one click and its first sentence starts with "Problem in"', async ({
  keptPage: page,
}) => {
  const checkout = await ComponentPage.open(page, 'checkout');
  const row = checkout.service('partner-api');
  await expect(row.trigger).toContainText('Does not resolve');
  await row.trigger.click();
  await expect(row.checks).toHaveCount(5);
  const panel = (await row.root.innerText()).slice(
    (await row.trigger.innerText()).length,
  );
  const sentence = panel.slice(panel.indexOf('Problem'));
  expect(sentence).toMatch(
    /^Problem in DNS: api\.partner\.example: no such name, since .+\./,
  );
  // Nothing but the names of the environments stands before it.
  expect(panel.slice(0, panel.indexOf('Problem'))).toMatch(
    /^[\s\n]*Environment\s+(dev|prod)\s+(dev|prod)\s*$/,
  );
  await screenshot(checkout.card, '3-failing-row');

  const billing = await ComponentPage.open(page, 'billing');
  const invalid = billing.service('billing-db');
  await invalid.trigger.click();
  await expect(invalid.root).toContainText(/Problem in the repository: /);
});

test('4. Each of the five checks shows a result or "Not checked" with the reason, the viewpoint and the age', async ({
  keptPage: page,
}) => {
  const seen = /seen (from .+ )?(\d+ \w+\.? ago|now)/;
  for (const [component, service] of [
    ['orders', 'external-db'],
    ['checkout', 'partner-api'],
    ['search', 'search-nodes'],
    ['billing', 'billing-db'],
  ]) {
    const row = (await ComponentPage.open(page, component)).service(service);
    await expect(row.trigger).not.toContainText('Checking');
    await row.trigger.click();
    await expect(row.checks).toHaveCount(5);
    const names = ['Repository', 'Cluster', 'DNS', 'Connection', 'Certificate'];
    for (const [index, name] of names.entries()) {
      const check = row.checks.nth(index);
      await expect(check).toContainText(name);
      const text = await check.innerText();
      expect(text, `${component}, ${name}`).toMatch(
        text.includes('Not checked') ? /Not checked( yet)?: .+\./ : seen,
      );
    }
    await expect(row.check('Cluster')).toContainText(
      'Not checked: no cluster is connected to this portal.',
    );
  }
  const row = (await ComponentPage.open(page, 'orders')).service('external-db');
  await row.trigger.click();
  await expect(row.check('DNS')).toContainText('seen from the portal');
  await expect(row.check('Connection')).toContainText(
    'Not checked: this portal looks up names and opens no connections.',
  );
});

test('5. With no cluster connected nothing says "In sync"; with probes off nothing says that a connection works', async ({
  keptPage: page,
}) => {
  for (const name of ['orders', 'checkout', 'search', 'products', 'gateway']) {
    const { card, more, services } = await ComponentPage.open(page, name);
    await expect(services.first()).toBeVisible();
    const showAll = card.getByRole('button', { name: /^Show all/ });
    if (await showAll.isVisible()) {
      await showAll.click();
    }
    await more.click();
    await page.getByRole('menuitem', { name: 'Open all' }).click();
    const checks = card.getByRole('list', { name: /^Checks of/ });
    await expect(checks).toHaveCount(await services.count());
    const text = await card.innerText();
    expect(text).not.toMatch(/in sync/i);
    expect(text).not.toMatch(
      /accepts connections|can be reached|is trusted|connection works/i,
    );
    expect(text).toContain('opens no connections');
  }
});

test('7. In greyscale every state can still be told apart', async ({
  page,
}) => {
  const looks = new Map<string, Set<string>>();
  for (const name of ['checkout', 'orders', 'billing', 'gateway']) {
    const { card, services } = await ComponentPage.open(page, name);
    await expect(services.first()).toBeVisible();
    await expect(card.getByText('Checking')).toHaveCount(0);
    await page.addStyleTag({ content: 'html { filter: grayscale(1) }' });
    await screenshot(card, `7-greyscale-${name}`);
    for (const [state, look] of await looksOfStates(card)) {
      looks.set(state, (looks.get(state) ?? new Set()).add(look));
    }
  }
  expect([...looks.keys()].sort()).toEqual(
    expect.arrayContaining(['declared', 'invalid', 'resolves', 'unresolved']),
  );
  const all = [...looks.values()].flatMap(set => [...set]);
  // One icon and word for a state, and none for two.
  expect(new Set(all).size).toBe(looks.size);
  expect(new Set(all.map(look => look.split(' | ')[0])).size).toBe(looks.size);
  expect(new Set(all.map(look => look.split(' | ')[1])).size).toBe(looks.size);
});

/** Shape and word of each state label, by state. A label has no role of its own. */
async function looksOfStates(card: Locator): Promise<[string, string][]> {
  return card.locator('[data-state]').evaluateAll(labels =>
    labels
      .filter(label => label instanceof HTMLElement && label.dataset.tone)
      .map(label => {
        const shape = label.querySelector('svg path')?.getAttribute('d') ?? '';
        const word = (label.textContent ?? '').replace(/ in .*| \(.*/, '');
        return [label.getAttribute('data-state') ?? '', `${shape} | ${word}`];
      }),
  );
}

test('12. Without permission the card says so and no host, address or count appears in page or network answers', async ({
  page,
  portal,
  browserErrors,
}) => {
  browserErrors.allow(/status of 403/);
  const answers: string[] = [];
  page.on('response', async response => {
    if (new URL(response.url()).pathname.startsWith('/api/')) {
      answers.push(await response.text().catch(() => ''));
    }
  });
  const { card } = await ComponentPage.open(page, 'vault');
  await expect(card).toContainText('You cannot see these mappings');
  await expect(card).toContainText(
    'You may open vault, but not its external services. Ask your platform team for the permission external-services.mapping.read.',
  );
  await screenshot(card, '12-no-permission');
  // There is something to hide, and something to show.
  for (const [entity, seen] of [
    ['vault', 'hsm.secret.example'],
    ['orders', 'db.example.com'],
  ]) {
    await expect
      .poll(() =>
        portal.askAsService(`/entities/component/default/${entity}/mappings`),
      )
      .toContain(seen);
  }
  expect(await portal.askAsService('/mappings?q=hsm')).toContain(
    'hsm.secret.example',
  );
  await page.reload();
  await expect(card).toContainText('You cannot see these mappings');
  const fleet = await page.evaluate(async () => {
    const { backstageIdentity } = await (
      await fetch('/api/auth/guest/refresh', { method: 'POST' })
    ).json();
    const headers = { authorization: `Bearer ${backstageIdentity.token}` };
    const get = async (path: string) =>
      (await fetch(`/api/external-services${path}`, { headers })).text();
    return [
      await get('/mappings'),
      await get('/mappings?q=hsm'),
      await get('/targets/hsm.secret.example'),
      await get('/targets/198.51.100.99'),
    ];
  });
  for (const text of [...answers, ...fleet, await page.content()]) {
    // The port alone: any uid may have these digits.
    expect(text).not.toMatch(
      /hsm\.secret|198\.51\.100\.99|"?hsm"?[.:]|(?<![\w-])9004(?![\w-])/,
    );
  }
  expect(fleet[0]).toContain('db.example.com');
  for (const text of fleet) {
    expect(text).not.toContain('vault');
  }
  expect(await page.evaluate(() => JSON.stringify(localStorage))).not.toContain(
    'component:default/vault',
  );
  await expect(card).not.toContainText(/\d/);
});

test('files that are not there, nothing external in files, and a file with errors are told apart', async ({
  keptPage: page,
}) => {
  const reports = await ComponentPage.open(page, 'reports');
  await expect(reports.card).toContainText('The files were not found');
  await expect(reports.card).toContainText(
    'catalog-info.yaml points to kubernetes/external/*.yaml; branch main has no such file.',
  );
  await expect(
    reports.card.getByRole('link', { name: 'Open catalog-info.yaml' }),
  ).toHaveAttribute('href', /\/shop\/reports\/.*catalog-info\.yaml/);
  await screenshot(reports.card, 'files-not-found');

  const docs = await ComponentPage.open(page, 'docs-site');
  await expect(docs.card).toContainText('No external service in these files');
  await expect(docs.card).toContainText('2 files were read from k8s/*.yaml');
  await docs.card.getByRole('button', { name: 'Show the files' }).click();
  await expect(
    docs.card.getByRole('list', { name: 'Files that were read' }),
  ).toContainText('k8s/service.yaml');
  await screenshot(docs.card, 'nothing-external');

  const billing = await ComponentPage.open(page, 'billing');
  const row = billing.service('billing-db');
  await expect(row.trigger).toContainText('Invalid');
  await expect(row.root).toContainText(/deploy\/external\.yaml:\d+/);
  await row.trigger.click();
  const findings = row.check('Repository').getByRole('listitem');
  for (const wrong of [
    /"https:\/\/billing\.example\.com" is not a host name/,
    /"tcp" is not a protocol/,
    /Of several ports each needs a name/,
  ]) {
    await expect(findings.filter({ hasText: wrong })).toContainText(
      /deploy\/external\.yaml:\d+/,
    );
  }
  await screenshot(billing.card, 'invalid');
});

test('the place of a declaration is a link to its file', async ({
  keptPage: page,
}) => {
  const orders = await ComponentPage.open(page, 'orders');
  const { card } = orders;
  const row = orders.service('external-db');
  await row.trigger.click();
  for (const name of [
    /deploy\/prod\/external-db\.yaml:\d+/,
    /^Open in repository/,
  ]) {
    const opened = page.waitForEvent('popup');
    await card.getByRole('link', { name }).click();
    const file = await opened;
    await expect(file.getByRole('heading', { level: 1 })).toHaveText(
      'deploy/prod/external-db.yaml',
    );
  }
});

test('the theme chosen in the settings holds for card and form', async ({
  page,
}) => {
  const brightness = async () => {
    const { card } = await ComponentPage.open(page, 'orders');
    await expect(card.getByRole('heading', { level: 4 })).toBeVisible();
    return card.getByRole('article').evaluate(element => {
      const [red, green, blue] = (
        getComputedStyle(element).backgroundColor.match(/\d+/g) ?? []
      ).map(Number);
      return (red + green + blue) / 3;
    });
  };
  await chooseTheme(page, 'Dark');
  expect(await brightness()).toBeLessThan(80);
  await chooseTheme(page, 'Light');
  expect(await brightness()).toBeGreaterThan(200);
});
