import type { Page } from '@playwright/test';
import { test, noClusters } from './fixtures/clusterTest';
import { alias, addresses } from './fixtures/manifests';
import { screenshot } from './fixtures/screenshot';
import { chooseTheme } from './fixtures/settings';
import { expect } from './fixtures/test';
import { unreadableText } from './fixtures/textLayout';
import { ComponentPage } from './pages/ComponentPage';

// One portal with one set of clusters for all of them.
test.describe.configure({ mode: 'default' });
test.skip(Boolean(noClusters), noClusters);

/** Sooner than the card asks by itself. */
const PUSHED_MS = 8_000;

test.beforeAll(async ({ portal, clusters }) => {
  // In dev and prod: one is well, one differs in Prod US, one lacks there.
  const names = ['well', 'moved', 'gone'];
  names.forEach((name, index) =>
    portal.dns.set(`${name}.tariff.example`, {
      a: [`198.51.100.${150 + index}`],
      ttl: 60,
    }),
  );
  const tariffs = (environment: string) =>
    names
      .map(name =>
        alias(`${name}-tariff`, `${name}.tariff.example`, environment),
      )
      .join('---\n');
  portal.dns.set('silent.stock.example', { fails: 'servfail' });
  await Promise.all([
    portal.addComponent('tariffs', {
      files: {
        'external-services/dev.yaml': tariffs('dev'),
        'external-services/prod.yaml': tariffs('prod'),
      },
    }),
    portal.addComponent('stock', {
      files: {
        'external-services/silent.yaml': alias(
          'silent-stock',
          'silent.stock.example',
        ),
        // It holds in staging as well, of which nothing is known.
        'external-services/everywhere.yaml': addresses('stock', [
          '198.51.100.160',
        ]),
      },
    }),
  ]);
  await clusters.deploy();
});

// Whatever was deployed in between.
test.beforeEach(async ({ clusters }) => {
  const prodUs = clusters.servers.get('prod-us');
  await prodUs.kubectl(retarget('moved-tariff', 'old.tariff.example'));
  await prodUs.kubectl([
    'delete',
    'service',
    'gone-tariff',
    '--ignore-not-found',
  ]);
});

function retarget(service: string, target: string): string[] {
  const patch = JSON.stringify({ spec: { externalName: target } });
  return ['patch', 'service', service, `--patch=${patch}`];
}

/** So that a reload in between does not go unnoticed. */
async function mark(page: Page): Promise<void> {
  await page.evaluate(() => {
    document.title = 'not reloaded';
  });
}

test('2. With clusters the worst service is on top, and its name line says state and cluster', async ({
  page,
}) => {
  const { services, service } = await open(page, 'tariffs');
  await expect(services).toHaveCount(3);
  await expect(services.nth(0)).toHaveText(
    /^gone-tariff\.shop.*Not applied in Prod US\s*$/,
  );
  await expect(services.nth(1)).toHaveText(
    /^moved-tariff\.shop.*Differs in Prod US\s*$/,
  );
  await expect(services.nth(2)).toHaveText(/^well-tariff\.shop.*In sync\s*$/);
  // Clusters are named where they disagree, and only there.
  const states = (environment: string) =>
    service('moved-tariff').line(environment).getByRole('list', {
      name: 'Clusters',
    });
  await expect(states('prod').getByRole('listitem')).toHaveText([
    /^Prod EU\s*In sync\s*$/,
    /^Prod US\s*Differs$/,
  ]);
  await expect(states('dev')).toHaveCount(0);

  for (const theme of ['Light', 'Dark'] as const) {
    await chooseTheme(page, theme);
    const looked = await open(page, 'tariffs');
    await looked.service('moved-tariff').trigger.click();
    await expect(looked.service('moved-tariff').checks).toHaveCount(5);
    for (const width of [1400, 600]) {
      await page.setViewportSize({ width, height: 1000 });
      const name = `clusters-${width}-${theme.toLowerCase()}`;
      await screenshot(looked.card, name);
      expect(await unreadableText(looked.card), name).toEqual([]);
    }
    await page.setViewportSize({ width: 1400, height: 1000 });
  }
  await chooseTheme(page, 'Light');
});

test('3. Opening a row that differs takes one click; its first sentence says whose problem it is, then come the fields', async ({
  keptPage: page,
}) => {
  const { service } = await open(page, 'tariffs');

  const moved = service('moved-tariff');
  await expect(moved.trigger).toContainText('Differs in Prod US');
  await moved.trigger.click();
  await expect(moved.root).toContainText(
    'Problem in the cluster: Prod US runs old.tariff.example; the repository says moved.tariff.example.',
  );
  await expect(moved.root).toContainText('Your repository is fine.');
  const table = moved
    .check('Cluster')
    .getByRole('table', { name: 'What differs in Prod US' });
  await expect(table.getByRole('columnheader')).toHaveText([
    'field',
    'repository',
    'Prod US',
    'since',
  ]);
  await expect(table.getByRole('row').nth(1)).toHaveText(
    /^target\s*moved\.tariff\.example\s*old\.tariff\.example\s*\d/,
  );

  const gone = service('gone-tariff');
  await gone.trigger.click();
  await expect(gone.root).toContainText(
    'Problem in the cluster: Prod US does not have gone-tariff.',
  );
});

test('5. With clusters "In sync" needs all of them and DNS; with probes off nothing says that a connection works', async ({
  keptPage: page,
}) => {
  const stock = await open(page, 'stock');
  const silent = stock.service('silent-stock');
  await expect(silent.trigger).toContainText('Does not resolve');
  await silent.trigger.click();
  await expect(silent.check('Cluster')).toContainText(
    'Prod EU and Prod US run the same.',
  );
  await expect(stock.service('stock').trigger).toHaveText(
    /In sync\s+Staging unknown\s*$/,
  );
  await expect(stock.card).toContainText('1 of 6 sources did not answer');
  await expect(stock.card).toContainText(
    'Staging: it does not accept the credentials of the portal.',
  );
  await screenshot(stock.card, 'clusters-unreadable');

  const tariffs = await open(page, 'tariffs');
  await expect(tariffs.service('well-tariff').trigger).toContainText('In sync');
  for (const name of ['moved-tariff', 'gone-tariff']) {
    await expect(tariffs.service(name).trigger).not.toContainText('In sync');
  }
  await tariffs.more.click();
  await page.getByRole('menuitem', { name: 'Open all' }).click();
  await expect(
    tariffs.card.getByRole('list', { name: /^Checks of/ }),
  ).toHaveCount(3);
  expect(await tariffs.card.innerText()).not.toMatch(
    /accepts connections|can be reached|is trusted|connection works/i,
  );
});

test('6. Each state that clusters tell has its word and sentence, and follows the cluster without reload', async ({
  keptPage: page,
  portal,
  clusters,
}) => {
  portal.dns.set('a.ledger.example', { a: ['198.51.100.170'], ttl: 60 });
  portal.dns.set('b.ledger.example', { a: ['198.51.100.171'], ttl: 60 });
  const file = 'external-services/prod/ledger.yaml';
  await portal.addComponent('ledger', {
    files: { [file]: alias('ledger', 'a.ledger.example') },
  });
  const prodEu = clusters.servers.get('prod-eu');
  const prodUs = clusters.servers.get('prod-us');
  // Nobody knows yet whose it is.
  await prodEu.kubectl(
    ['apply', '--filename=-'],
    alias('old-ledger', 'old.ledger.example'),
  );

  const { card, service } = await open(page, 'ledger');
  const row = service('ledger');
  await expect(row.trigger).toHaveText(/Not applied\s*$/);
  await row.trigger.click();
  await expect(row.root).toContainText(
    'Prod EU and Prod US do not have ledger.',
  );
  await mark(page);

  await clusters.deploy();
  await expect(row.trigger).toHaveText(/In sync\s*$/, { timeout: PUSHED_MS });
  await expect(row.root).toContainText(
    'Repository, Prod EU, Prod US and DNS agree.',
  );

  await prodUs.kubectl(retarget('ledger', 'b.ledger.example'));
  await expect(row.trigger).toHaveText(/Differs in Prod US\s*$/, {
    timeout: PUSHED_MS,
  });
  await expect(row.root).toContainText(
    'Prod US runs b.ledger.example; the repository says a.ledger.example.',
  );
  await prodUs.kubectl(retarget('ledger', 'a.ledger.example'));
  await expect(row.trigger).toHaveText(/In sync\s*$/, { timeout: PUSHED_MS });

  await portal.commit('ledger', {
    [file]: alias('ledger', 'b.ledger.example'),
  });
  await expect(row.trigger).toHaveText(/Rolling out\s*$/);
  await expect(row.root).toContainText(
    /Merged .+ Prod EU and Prod US have until .+ before this counts as a problem\./,
  );
  await screenshot(card, 'clusters-rolling-out');
  await clusters.deploy();
  await expect(row.trigger).toHaveText(/In sync\s*$/, { timeout: PUSHED_MS });

  await portal.commit('ledger', { [file]: null });
  await expect(card).toContainText('No external services yet');
  await prodEu.kubectl([
    'label',
    'service',
    'old-ledger',
    'backstage.io/kubernetes-id=ledger',
  ]);
  const old = service('old-ledger');
  await expect(old.trigger).toHaveText(/Not in repository\s*$/, {
    timeout: PUSHED_MS,
  });
  await old.trigger.click();
  await expect(old.root).toContainText(
    'Problem in the repository: Prod EU runs it; no file of ledger declares it.',
  );
  await expect(card).toContainText('1 service runs for ledger in Prod EU');
  await screenshot(card, 'clusters-undeclared');
  await expect(page).toHaveTitle('not reloaded');
});

test('8. Killing one of two clusters leaves the lines of the other as they were, says how many sources did not answer, and green turns neutral with an age', async ({
  page,
  clusters,
}) => {
  test.setTimeout(240_000);
  const { card, service } = await open(page, 'tariffs');
  const well = service('well-tariff');
  await expect(well.trigger).toHaveText(/In sync\s*$/);
  await mark(page);

  const { controlPlane } = clusters.servers.get('prod-us');
  await controlPlane.stopApiServer({ graceMs: 0 });
  try {
    await expect(card).toContainText('1 of 5 sources did not answer', {
      timeout: 30_000,
    });
    await expect(card).toContainText(/Prod US cannot be reached since \d/);
    const states = well
      .line('prod')
      .getByRole('list', { name: 'Clusters' })
      .getByRole('listitem');
    await expect(states).toHaveText([
      /^Prod EU\s*In sync\s*$/,
      /^Prod US\s*In sync .+ ago$/,
    ]);
    // The other is green, this one is not.
    await expect(states.locator('[data-tone]').nth(0)).toHaveAttribute(
      'data-tone',
      'success',
    );
    await expect(states.locator('[data-tone]').nth(1)).toHaveAttribute(
      'data-tone',
      'neutral',
    );
    await expect(well.trigger).toHaveText(/In sync .+ ago\s*$/);
    // A problem stays one.
    await expect(service('gone-tariff').trigger).toContainText(
      'Not applied in Prod US',
    );
    await expect(service('gone-tariff').line('prod')).toContainText(
      /Prod US\s*Not applied \(seen .+ ago\)/,
    );
    await expect(service('gone-tariff').line('dev')).not.toContainText('ago');
    await screenshot(card, 'clusters-killed');
  } finally {
    await controlPlane.startApiServer();
  }
  // With each failure the pause before the next attempt grows, up to half a minute.
  await expect(card).not.toContainText('sources did not answer', {
    timeout: 120_000,
  });
  await expect(well.trigger).toHaveText(/In sync\s*$/);
  await expect(page).toHaveTitle('not reloaded');
});

async function open(page: Page, name: string) {
  const component = await ComponentPage.open(page, name);
  return {
    card: component.card,
    more: component.more,
    services: component.services,
    service: (service: string) => component.service(service),
  };
}
