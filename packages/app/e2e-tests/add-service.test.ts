import { expect, test } from './fixtures/test';
import { screenshot } from './fixtures/screenshot';
import { linesOfText } from './fixtures/textLayout';
import { AddServiceForm } from './pages/AddServiceForm';
import { ComponentPage } from './pages/ComponentPage';
import { TaskPage } from './pages/TaskPage';

interface Kind {
  title: string;
  component: string;
  service: string;
  fill: (form: AddServiceForm) => Promise<void>;
  /** What the card says of it. */
  kind: string;
  state: string;
  lines: Record<string, string>;
  manifests: RegExp[];
}

const KINDS: Kind[] = [
  {
    title: 'a DNS alias',
    component: 'invoices',
    service: 'external-payments',
    fill: async form => {
      await form.target('dev').fill('cache.example.com');
      await form.target('prod').fill('payments.example.com');
      await form.speak('PostgreSQL');
      await form.name.fill('external-payments');
    },
    kind: 'DNS alias',
    state: 'Resolves',
    lines: { dev: '198.51.100.60', prod: '198.51.100.62' },
    manifests: [/externalName: cache\.example\.com/, /port: 5432/],
  },
  {
    title: 'fixed addresses',
    component: 'ledger',
    service: 'bank',
    fill: async form => {
      await form.chooseAddresses();
      await form.target('prod').fill('203.0.113.21\n203.0.113.22');
      await form.speak('HTTPS');
      await form.name.fill('bank');
    },
    kind: 'Fixed addresses',
    state: 'Declared',
    lines: { prod: '203.0.113.21, 203.0.113.22' },
    manifests: [/kind: EndpointSlice/, /addressType: IPv4/],
  },
  {
    title: 'fixed addresses, direct',
    component: 'shelf',
    service: 'nodes',
    fill: async form => {
      await form.chooseAddresses();
      await form.target('dev').fill('203.0.113.31');
      await form.target('prod').fill('203.0.113.32\n2001:db8::32');
      await form.speak('other TCP');
      await form.port.fill('9200');
      await form.name.fill('nodes');
      await form.giveAddressesDirectly();
    },
    kind: 'Fixed addresses, direct',
    state: 'Declared',
    lines: { dev: '203.0.113.31', prod: '203.0.113.32, 2001:db8::32' },
    manifests: [/clusterIP: None/, /addressType: IPv6/],
  },
  {
    title: 'fixed addresses in the old form',
    component: 'mainframe',
    service: 'host',
    fill: async form => {
      await form.chooseAddresses();
      await form.target('prod').fill('203.0.113.41');
      await form.speak('AMQP');
      await form.name.fill('host');
      await form.choose('Address list', 'Old form (Endpoints)');
    },
    kind: 'Fixed addresses',
    state: 'Declared',
    lines: { prod: '203.0.113.41' },
    manifests: [/kind: Endpoints/],
  },
];

for (const kind of KINDS) {
  test(`adds ${kind.title} from the empty card to the merged pull request, and the card follows`, async ({
    keptPage: page,
    portal,
  }) => {
    const { component, service } = kind;
    if (component !== 'invoices') {
      await portal.addComponent(component);
    }
    // What was there before says whether the card follows without a reload.
    const card = await ComponentPage.open(page, component);
    await expect(card.card).toContainText('No external services yet');

    const tab = await page.context().newPage();
    await ComponentPage.open(tab, component);
    await tab.getByRole('link', { name: 'Add an external service' }).click();
    const form = new AddServiceForm(tab);
    await expect(form.component).toHaveValue(new RegExp(`(^|/)${component}$`));
    await kind.fill(form);
    await screenshot(tab, `form-${component}`);
    await form.next.click();
    await form.review.click();
    await expect(form.summary).toContainText(service);
    await screenshot(tab, `review-${component}`);
    await form.create.click();

    const task = new TaskPage(tab);
    await expect(task.pullRequest).toBeVisible({ timeout: 30_000 });
    await screenshot(tab, `result-${component}`);
    const shown = await task.files();
    const pull = await task.openPullRequest();
    await expect(pull.title).toContainText(`Add ${service} for ${component}`);
    const added = await pull.added();
    expect(shown.map(text => `${text.trimEnd()}\n`)).toEqual(
      Object.values(added),
    );
    const all = Object.values(added).join('');
    kind.manifests.forEach(part => expect(all).toMatch(part));
    await screenshot(pull.page, `pull-request-${component}`);

    await pull.merge.click();
    await expect(pull.merged).toBeVisible();
    for (const [path, text] of Object.entries(added)) {
      expect(await portal.file(component, path)).toBe(text);
    }

    const row = card.service(service);
    await expect(row.trigger).toContainText(kind.state, { timeout: 60_000 });
    await expect(row.trigger).toContainText(kind.kind);
    for (const [environment, leadsTo] of Object.entries(kind.lines)) {
      await expect(row.line(environment)).toContainText(leadsTo);
    }
    await task.entityLink(component).click();
    await expect(new ComponentPage(tab).service(service).trigger).toBeVisible();
    await screenshot(card.card, `card-${component}`);
  });
}

test('10. A component without annotation shows at most 5 lines of text and two buttons; the first opens the form with the component filled in', async ({
  keptPage: page,
  portal,
}) => {
  await portal.addComponent('notes');
  const { card } = await ComponentPage.open(page, 'notes');
  const title = card.getByText('No external services yet');
  await expect(title).toBeVisible();
  for (const width of [1400, 1000, 600]) {
    await page.setViewportSize({ width, height: 1000 });
    expect(await linesOfText(card)).toBeLessThanOrEqual(5);
  }
  const links = card.getByRole('link');
  await expect(links).toHaveCount(1);
  const buttons = card
    .getByRole('button')
    .and(page.locator(':not([aria-label])'));
  await expect(buttons).toHaveText(['Connect existing files']);
  await screenshot(card, '10-empty');

  await links.click();
  await expect(page).toHaveURL(
    /\/create\/templates\/default\/external-service/,
  );
  await expect(new AddServiceForm(page).component).toHaveValue(/notes$/);
});

test('17. HTTPS with a DNS alias shows the certificate note before the pull request, and in it', async ({
  keptPage: page,
  portal,
}) => {
  await portal.addComponent('webhooks');
  const form = await AddServiceForm.open(page, 'webhooks');
  const note = page.getByText(/shows a certificate for its own name/);
  await form.target('prod').fill('payments.example.com');
  await form.speak('PostgreSQL');
  await expect(note).toHaveCount(0);
  await form.speak('HTTPS');
  await expect(note).toBeVisible();
  await screenshot(page, '17-form');
  expect((await portal.traces('webhooks')).pulls).toEqual([]);

  await form.openPullRequest();
  const task = new TaskPage(page);
  await expect(task.pullRequest).toBeVisible({ timeout: 30_000 });
  const pull = await task.openPullRequest();
  await expect(
    pull.page.getByText(/payments\.example\.com shows a certificate/),
  ).toBeVisible();
  await screenshot(pull.page, '17-pull-request');
});

test('running the template again on its own output changes nothing and says so', async ({
  keptPage: page,
  portal,
}) => {
  await portal.addComponent('reruns');
  const fill = async (form: AddServiceForm) => {
    await form.target('dev').fill('cache.example.com');
    await form.target('prod').fill('queue.example.com');
    await form.speak('Redis');
    await form.openPullRequest();
  };
  const task = new TaskPage(page);
  await fill(await AddServiceForm.open(page, 'reruns'));
  const pull = await task.openPullRequest();
  await pull.merge.click();
  await expect(pull.merged).toBeVisible();
  const before = await portal.traces('reruns');

  await fill(await AddServiceForm.open(page, 'reruns'));
  await expect(task.entityLink('reruns')).toBeVisible({ timeout: 30_000 });
  await expect(task.pullRequest).toHaveCount(0);
  // In the result itself, where it is read without a click; the log says it too.
  await expect(
    page.getByText(
      'Nothing to change: the repository has these files already.',
    ),
  ).toBeVisible();
  await screenshot(page, 'run-again');
  expect(await portal.traces('reruns')).toEqual(before);
});

test('a file that is not ours is not overwritten, and the error names it', async ({
  keptPage: page,
  portal,
}) => {
  const path = 'external-services/prod/external-cache.yaml';
  const text = `apiVersion: v1
kind: Service
metadata:
  name: other
spec:
  type: ExternalName
  externalName: queue.example.com
`;
  await portal.addComponent('handmade', { files: { [path]: text } });
  const form = await AddServiceForm.open(page, 'handmade');
  await form.target('prod').fill('cache.example.com');
  await form.speak('Redis');
  await form.choose('Files', 'One folder for each environment');
  await form.openPullRequest();

  await expect(page.getByText(path).first()).toBeVisible({ timeout: 30_000 });
  await expect(page.getByText(/failed/i).first()).toBeVisible();
  await screenshot(page, 'foreign-file');
  expect(await portal.file('handmade', path)).toBe(text);
  expect(await portal.traces('handmade')).toEqual({
    branches: ['main'],
    pulls: [],
  });
});
