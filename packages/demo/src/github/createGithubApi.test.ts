import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { UrlReaders } from '@backstage/backend-defaults/urlReader';
import { mockServices } from '@backstage/backend-test-utils';
import { ConfigReader } from '@backstage/config';
import {
  DefaultGithubCredentialsProvider,
  ScmIntegrations,
} from '@backstage/integration';
import {
  createPublishGithubAction,
  createPublishGithubPullRequestAction,
} from '@backstage/plugin-scaffolder-backend-module-github';
import { createMockActionContext } from '@backstage/plugin-scaffolder-node-test-utils';
import { startTestHost, TestHost } from '../testHost';

let test: TestHost;

beforeEach(async () => {
  test = await startTestHost({
    'catalog-info.yaml': 'kind: Component\n',
    'deploy/dev/db.yaml': 'a: dev\n',
    'deploy/prod/db.yaml': 'a: prod\n',
    'deploy/prod/notes.md': 'hello\n',
  });
});
afterEach(() => test.stop());

const config = () =>
  new ConfigReader({
    integrations: {
      github: [
        {
          host: new URL(test.host.url).host,
          apiBaseUrl: `${test.host.url}/api/v3`,
          token: 'demo',
        },
      ],
    },
  });

const repository = async (name = 'orders') =>
  (await test.host.store.repositories.find('shop', name))!;

const pullRequests = async () =>
  test.host.store.pullRequests(await repository()).list();

const textAt = async (branch: string, path: string, name?: string) => {
  const found = await repository(name);
  const entry = await found.entry(branch, path);
  return entry && (await found.blob(entry.sha))?.toString();
};

describe('for the GitHub URL reader', () => {
  const reader = () =>
    UrlReaders.default({
      config: config(),
      logger: mockServices.logger.mock(),
    });
  const url = (path: string) => `${test.host.url}/shop/orders/${path}`;

  it('gives one file, and nothing new while it has not changed', async () => {
    const target = url('blob/main/deploy/dev/db.yaml');
    const { buffer, etag } = await reader().readUrl(target);
    expect((await buffer()).toString()).toBe('a: dev\n');
    await expect(reader().readUrl(target, { etag })).rejects.toMatchObject({
      name: 'NotModifiedError',
    });
  });

  it('gives a folder, and nothing new while no commit was made', async () => {
    const tree = await reader().readTree(url('tree/main/deploy'));
    const files = (await tree.files()).map(({ path }) => path);
    expect(files).toEqual(['dev/db.yaml', 'prod/db.yaml', 'prod/notes.md']);

    const { etag } = tree;
    const again = () => reader().readTree(url('tree/main/deploy'), { etag });
    await expect(again()).rejects.toMatchObject({ name: 'NotModifiedError' });
    await test.pushBranch('main2', 'deploy/dev/db.yaml', 'a: new\n');
    await expect(again()).rejects.toMatchObject({ name: 'NotModifiedError' });
    const changed = await reader().readTree(url('tree/main2/deploy'), { etag });
    expect(changed.etag).not.toBe(etag);
  });

  it('finds files by a pattern', async () => {
    const found = await reader().search(url('tree/main/deploy/*/*.yaml'));
    const texts = await Promise.all(
      found.files.map(async file => (await file.content()).toString()),
    );
    expect(texts).toEqual(['a: dev\n', 'a: prod\n']);
  });

  it('says that a file is not there', async () => {
    await expect(
      reader().readUrl(url('blob/main/missing.yaml')),
    ).rejects.toMatchObject({ name: 'NotFoundError' });
  });
});

describe('for publish:github:pull-request', () => {
  const publish = async (
    files: Record<string, string>,
    input: { update?: boolean; filesToDelete?: string[] } = {},
  ) => {
    const integrations = ScmIntegrations.fromConfig(config());
    const action = createPublishGithubPullRequestAction({
      integrations,
      githubCredentialsProvider:
        DefaultGithubCredentialsProvider.fromIntegrations(integrations),
      config: config(),
    });
    const context = createMockActionContext({
      input: {
        repoUrl: `${new URL(test.host.url).host}?owner=shop&repo=orders`,
        branchName: 'add/external-db',
        title: 'Add external-db',
        description: 'For orders',
        ...input,
      },
    });
    for (const [path, content] of Object.entries(files)) {
      const file = join(context.workspacePath, path);
      await mkdir(join(file, '..'), { recursive: true });
      await writeFile(file, content);
    }
    await action.handler(context);
    return (context.output as jest.Mock).mock.calls;
  };

  it('opens a pull request with the files as they are', async () => {
    const output = await publish({ 'external-services/db.yaml': 'é: 1\n' });

    expect(output).toContainEqual([
      'remoteUrl',
      `${test.host.url}/shop/orders/pull/1`,
    ]);
    expect(output).toContainEqual(['targetBranchName', 'main']);
    expect(await pullRequests()).toMatchObject([
      { title: 'Add external-db', body: 'For orders', state: 'open' },
    ]);
    expect(await textAt('add/external-db', 'external-services/db.yaml')).toBe(
      'é: 1\n',
    );
    expect(await textAt('add/external-db', 'catalog-info.yaml')).toBe(
      'kind: Component\n',
    );
    expect(await textAt('main', 'external-services/db.yaml')).toBeUndefined();
  });

  it('removes files', async () => {
    await publish({}, { filesToDelete: ['deploy/prod/notes.md', 'nowhere'] });
    const branch = 'add/external-db';
    expect(await textAt(branch, 'deploy/prod/notes.md')).toBeUndefined();
    expect(await textAt(branch, 'deploy/prod/db.yaml')).toBe('a: prod\n');
  });

  it('renews its own pull request only when asked to', async () => {
    await publish({ 'a.yaml': '1\n' });
    await expect(publish({ 'a.yaml': '2\n' })).rejects.toThrow(
      'Pull request creation failed',
    );
    await publish({ 'a.yaml': '3\n' }, { update: true });
    expect(await pullRequests()).toHaveLength(1);
    expect(await textAt('add/external-db', 'a.yaml')).toBe('3\n');
  });
});

describe('for publish:github', () => {
  it('makes a repository and pushes to it', async () => {
    const integrations = ScmIntegrations.fromConfig(config());
    const action = createPublishGithubAction({
      integrations,
      githubCredentialsProvider:
        DefaultGithubCredentialsProvider.fromIntegrations(integrations),
      config: config(),
    });
    const context = createMockActionContext({
      input: {
        repoUrl: `${new URL(test.host.url).host}?owner=shop&repo=names`,
        repoVisibility: 'public',
        defaultBranch: 'main',
        access: 'shop/team-shop',
      },
    });
    await mkdir(context.workspacePath, { recursive: true });
    await writeFile(join(context.workspacePath, 'a.yaml'), 'a: 1\n');
    await action.handler(
      context as unknown as Parameters<typeof action.handler>[0],
    );

    expect(await textAt('main', 'a.yaml', 'names')).toBe('a: 1\n');
    expect((context.output as jest.Mock).mock.calls).toContainEqual([
      'remoteUrl',
      `${test.host.url}/shop/names.git`,
    ]);
  });
});

describe('by itself', () => {
  const call = async (
    method: string,
    path: string,
    body?: Record<string, string>,
    token = 'demo',
  ) => {
    const response = await fetch(`${test.host.url}/api/v3${path}`, {
      method,
      headers: {
        authorization: `token ${token}`,
        'content-type': 'application/json',
      },
      body: body && JSON.stringify(body),
    });
    return { status: response.status, body: await response.json() };
  };

  it('writes nothing without the token', async () => {
    const answer = await call(
      'POST',
      '/repos/shop/orders/git/blobs',
      { content: 'a', encoding: 'utf-8' },
      'wrong',
    );
    expect(answer.status).toBe(401);
  });

  it('names a call that it does not know', async () => {
    expect(await call('GET', '/repos/shop/orders/hooks')).toEqual({
      status: 404,
      body: {
        message: 'This demo host does not know GET /repos/shop/orders/hooks',
      },
    });
  });

  it('names what is missing', async () => {
    const repo = await call('GET', '/repos/shop/nothing');
    const ref = await call('GET', '/repos/shop/orders/commits/nowhere/status');
    expect([repo, ref]).toEqual([
      { status: 404, body: { message: 'Not Found: repository shop/nothing' } },
      { status: 404, body: { message: 'Not Found: nowhere in shop/orders' } },
    ]);
  });

  it('merges a pull request', async () => {
    await test.pushBranch('change', 'catalog-info.yaml', 'kind: Changed\n');
    const open = await call('POST', '/repos/shop/orders/pulls', {
      title: 'Change',
      head: 'shop:change',
      base: 'main',
    });
    expect(open.status).toBe(201);
    await call('PUT', '/repos/shop/orders/pulls/1/merge');
    expect(await textAt('main', 'catalog-info.yaml')).toBe('kind: Changed\n');
    const pull = await call('GET', '/repos/shop/orders/pulls/1');
    expect(pull.body).toMatchObject({ state: 'closed', merged: true });
  });

  it('makes no second repository of the same name', async () => {
    const answer = await call('POST', '/orgs/shop/repos', { name: 'orders' });
    expect(answer).toEqual({
      status: 422,
      body: { message: 'shop/orders already exists on this host' },
    });
  });
});
