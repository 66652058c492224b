import type { Page } from '@playwright/test';
import { expect, test } from './fixtures/test';
import { screenshot } from './fixtures/screenshot';
import { ComponentPage } from './pages/ComponentPage';
import { EditServiceForm } from './pages/EditServiceForm';
import { TaskPage } from './pages/TaskPage';

const DEV = 'external-services/dev/db.yaml';
const PROD = 'external-services/prod/db.yaml';

/** As a person writes it: with comments, quotes and an order of their own. */
const service = (host: string) => `# asked for by team-payments
kind: Service
apiVersion: v1
metadata: {name: 'db'}   # short
spec:
    externalName: ${host} # see the wiki
    type: ExternalName
`;

/** Opens a form from a service's row, in a tab beside the card. */
async function openForm(page: Page, component: string, action: string) {
  const tab = await page.context().newPage();
  const { card } = await ComponentPage.open(tab, component);
  await card.getByRole('button', { name: 'Actions for db' }).click();
  await tab.getByRole('menuitem', { name: action }).click();
  const form = new EditServiceForm(tab);
  await expect(form.component).toHaveValue(new RegExp(`${component}$`));
  await expect(form.name).toHaveValue('db');
  return { tab, form };
}

async function merge(task: TaskPage) {
  await expect(task.pullRequest).toBeVisible({ timeout: 30_000 });
  const pull = await task.openPullRequest();
  await pull.merge.click();
  await expect(pull.merged).toBeVisible();
  return pull;
}

test('changes the target of a service from its row by pull request, and no other byte', async ({
  keptPage: page,
  portal,
  browserErrors,
}) => {
  browserErrors.allow(/Form validation failed/);
  await portal.addComponent('mover', {
    files: {
      [DEV]: service('cache.example.com'),
      [PROD]: service('queue.example.com'),
    },
  });
  const card = await ComponentPage.open(page, 'mover');
  await expect(card.service('db').line('prod')).toContainText('queue.example');

  const { tab, form } = await openForm(page, 'mover', 'Change target…');
  await form.target('prod').fill('https://payments.example.com/');
  await form.next.click();
  await expect(
    tab
      .getByText('Enter only the host name, for example db.example.com')
      .last(),
  ).toBeVisible();
  await form.target('prod').fill('payments.example.com');
  await screenshot(tab, 'edit-form');
  await form.next.click();
  await form.review.click();
  await screenshot(tab, 'edit-review');
  await form.create.click();

  const task = new TaskPage(tab);
  const pull = await merge(task);
  await expect(pull.title).toContainText(
    'Change target of db for mover (prod)',
  );
  await screenshot(pull.page, 'edit-pull-request');
  await screenshot(tab, 'edit-result');
  expect(await portal.file('mover', PROD)).toBe(
    service('payments.example.com'),
  );
  expect(await portal.file('mover', DEV)).toBe(service('cache.example.com'));

  await expect(card.service('db').line('prod')).toContainText(
    'payments.example.com',
    { timeout: 60_000 },
  );
});

test('removes a service only when somebody has checked that no app uses it', async ({
  keptPage: page,
  portal,
  browserErrors,
}) => {
  browserErrors.allow(/Form validation failed/);
  await portal.addComponent('leaver', {
    files: {
      [PROD]: service('queue.example.com'),
      'external-services/keep.yaml': service('cache.example.com').replace(
        "'db'",
        "'cache'",
      ),
    },
  });
  const card = await ComponentPage.open(page, 'leaver');
  await expect(card.service('db').trigger).toBeVisible();
  const { tab, form } = await openForm(page, 'leaver', 'Remove…');
  await form.reviewRefused('Check first that no app uses this name');
  await form.checked.check();
  await screenshot(tab, 'remove-form');
  await form.review.click();
  await form.create.click();

  const pull = await merge(new TaskPage(tab));
  await expect(pull.title).toContainText('Remove db for leaver');
  await screenshot(pull.page, 'remove-pull-request');
  expect(await portal.file('leaver', PROD)).toBeUndefined();

  await expect(card.service('db').trigger).toHaveCount(0, { timeout: 60_000 });
  await expect(card.service('cache').trigger).toBeVisible();
});

test('checks the files of a component and lists what is wrong by file and line', async ({
  keptPage: page,
  portal,
}) => {
  await portal.addComponent('auditee', {
    files: { [PROD]: service('https://queue.example.com') },
  });
  const card = await ComponentPage.open(page, 'auditee');
  await expect(card.service('db').trigger).toBeVisible();
  await card.more.click();
  await page.getByRole('menuitem', { name: 'Check the files' }).click();
  const form = new EditServiceForm(page);
  await expect(form.component).toHaveValue(/auditee$/);
  await form.review.click();
  await form.check.click();

  await expect(
    page.getByText(`${PROD}:6: spec.externalName:`).first(),
  ).toBeVisible({ timeout: 30_000 });
  await screenshot(page, 'check-failed');

  await portal.commit('auditee', { [PROD]: service('queue.example.com') });
  await ComponentPage.open(page, 'auditee');
  await card.more.click();
  await page.getByRole('menuitem', { name: 'Check the files' }).click();
  await expect(form.component).toHaveValue(/auditee$/);
  await form.review.click();
  await form.check.click();
  await expect(
    page.getByText('A cluster will accept 1 file. Nothing to note.'),
  ).toBeVisible({ timeout: 30_000 });
  await screenshot(page, 'check-passed');
});
