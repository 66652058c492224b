import type { Locator } from '@playwright/test';
import { expect, test } from './fixtures/test';
import { screenshot } from './fixtures/screenshot';
import { AddServiceForm } from './pages/AddServiceForm';
import { TaskPage } from './pages/TaskPage';

/** What people enter where a host name should stand. */
const HOSTS: [what: string, input: string, message: string | RegExp][] = [
  ['a URL', 'https://db.example.com:5432/x', /Enter only the host name\./],
  ['a host with a port', 'db.example.com:5432', /The port has its own field\./],
  ['an IPv4 address', '203.0.113.1', /IP address.*Choose IP addresses/],
  ['an IPv6 address', '2001:db8::1', /IP address.*Choose IP addresses/],
  ['upper case', 'DB.example.com', /Host names are lower case\./],
  ['an underscore', 'my_db.example.com', /letters, digits, hyphens and dots/],
  ['a wildcard', '*.example.com', /letters, digits, hyphens and dots/],
  ['a space inside', 'db example.com', /letters, digits, hyphens and dots/],
  ['a single word', 'database', /has no domain.*Enter the full name/],
  [
    'a name inside the cluster',
    'orders.shop.svc.cluster.local',
    /another service inside the cluster/,
  ],
];

/** What people enter where addresses should stand. */
const ADDRESSES: typeof HOSTS = [
  ['a name', 'db.example.com', /DNS name; only addresses can stand here/],
  ['a URL', 'https://203.0.113.1/', /Enter only addresses/],
  ['an address with a port', '203.0.113.1:80', /own field|not an IP address/],
  ['no IP address', '203.0.113.999', /not an IP address.*203\.0\.113\.1/],
  ['too few parts', '203.0.113', /not an IP address/],
  ['loopback', '127.0.0.1', /always means the machine itself/],
  ['IPv6 loopback', '::1', /always means the machine itself/],
  ['link-local', '169.254.1.1', /link-local address/],
  ['one of several wrong', '203.0.113.1\n127.0.0.1', /the machine itself/],
];

async function refuses(
  form: AddServiceForm,
  field: Locator,
  input: string,
  message: string | RegExp,
  what: string,
) {
  await field.fill(input);
  await form.next.click();
  await expect(
    form.page.getByText(message).first(),
    `${what} has a message`,
  ).toBeVisible();
  await expect(field, `${what} marks its field`).toHaveAttribute(
    'aria-invalid',
    'true',
  );
  await expect(form.review, `${what} is not let through`).toHaveCount(0);
}

test.beforeEach(({ browserErrors }) => {
  // Written by the stock form.
  browserErrors.allow(/Form validation failed/);
});

test('refuses what is no DNS name before anything is written, naming field and remedy', async ({
  keptPage: page,
  portal,
}) => {
  await portal.addComponent('mistakes');
  const form = await AddServiceForm.open(page, 'mistakes');
  await form.speak('PostgreSQL');
  await form.next.click();
  await expect(
    page.getByText(/Enter a host name, for example db\.example\.com/).first(),
  ).toBeVisible();
  await expect(form.review).toHaveCount(0);
  for (const [what, input, message] of HOSTS) {
    await refuses(form, form.target('dev'), input, message, what);
  }
  await screenshot(page, 'wrong-dns-name');
  await form.target('dev').fill('db.example.com');

  for (const input of ['0', '65536', '-1']) {
    await form.port.fill(input);
    await form.next.click();
    await expect(form.review).toHaveCount(0);
  }
  await expect(
    page.getByText('Enter a port from 1 to 65535.').first(),
  ).toBeVisible();
  await form.port.fill('');

  for (const input of ['External-DB', 'my_db', '1st', 'a'.repeat(64), 'db-']) {
    await refuses(
      form,
      form.name,
      input,
      'Use lower-case letters, digits and hyphens; start with a letter; at most 63 characters.',
      input,
    );
  }
  await form.name.fill('external-db');
  await form.next.click();
  await expect(form.review).toBeVisible();
  expect(await portal.traces('mistakes')).toEqual({
    branches: ['main'],
    pulls: [],
  });
});

test('refuses what is no address before anything is written, naming field and remedy', async ({
  keptPage: page,
  portal,
}) => {
  await portal.addComponent('slips');
  const form = await AddServiceForm.open(page, 'slips');
  await form.chooseAddresses();
  await form.speak('HTTP');
  await form.next.click();
  await expect(
    page.getByText(/Enter .*address, for example 203\.0\.113\.1/).first(),
  ).toBeVisible();
  for (const [what, input, message] of ADDRESSES) {
    await refuses(form, form.target('prod'), input, message, what);
  }
  await screenshot(page, 'wrong-address');
  expect(await portal.traces('slips')).toEqual({
    branches: ['main'],
    pulls: [],
  });
});

test('the branch that was not chosen leaves no value behind', async ({
  keptPage: page,
}) => {
  const form = await AddServiceForm.open(page, 'orders');
  await form.target('dev').fill('db.example.com');
  await form.speak('HTTP');
  await form.chooseAddresses();
  await form.target('prod').fill('203.0.113.1');
  await form.speak('HTTP');
  await form.next.click();
  await form.review.click();
  await expect(form.summary).toContainText('203.0.113.1');
  await expect(form.summary).not.toContainText('db.example.com');
});

for (const [what, service, message] of [
  [
    'a name that is taken',
    { name: 'external-db', addresses: '203.0.113.1' },
    /external-db already exists in deploy\/(dev|prod)\/external-db\.yaml/,
  ],
  [
    'an address that is listed twice',
    { name: 'twice', addresses: '203.0.113.1\n203.0.113.1' },
    /203\.0\.113\.1 is listed twice/,
  ],
] as const) {
  test(`refuses ${what} and says that nothing was written`, async ({
    keptPage: page,
    portal,
  }) => {
    const before = await portal.traces('orders');
    const form = await AddServiceForm.open(page, 'orders');
    await form.chooseAddresses();
    await form.target('prod').fill(service.addresses);
    await form.speak('HTTP');
    await form.name.fill(service.name);
    await form.openPullRequest();
    await expect(page.getByText(message).first()).toBeVisible({
      timeout: 30_000,
    });
    await expect(page.getByText('Nothing was written').first()).toBeVisible();
    await expect(new TaskPage(page).pullRequest).toHaveCount(0);
    await screenshot(page, `refused-${service.name}`);
    expect(await portal.traces('orders')).toEqual(before);
  });
}
