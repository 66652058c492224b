import { writeFile } from 'node:fs/promises';
import { request } from 'node:http';
import { join } from 'node:path';
import { GitHost } from './GitHost';
import { startTestHost, TestHost } from './testHost';

describe('GitHost', () => {
  let test: TestHost;

  beforeEach(async () => {
    test = await startTestHost({
      'catalog-info.yaml': 'kind: Component\n',
      'deploy/db.yaml': 'kind: Service\n',
    });
  });
  afterEach(() => test.stop());

  it('serves its first repositories to git', async () => {
    const clone = await test.clone();
    const files = await test.git(clone, 'ls-files');
    expect(files).toBe('catalog-info.yaml\ndeploy/db.yaml\n');
  });

  it('takes a push with the token', async () => {
    await test.pushBranch('change', 'new.yaml', 'a: 1\n');
    const repository = await test.host.store.repositories.find(
      'shop',
      'orders',
    );
    const entry = await repository?.entry('change', 'new.yaml');
    expect((await repository?.blob(entry!.sha))?.toString()).toBe('a: 1\n');
  });

  it('refuses a push without the token', async () => {
    const clone = await test.clone('wrong');
    await writeFile(join(clone, 'new.yaml'), 'a: 1\n');
    await test.git(clone, 'add', '.');
    await test.git(clone, 'commit', '--quiet', '--message', 'Change');
    await expect(test.git(clone, 'push', 'origin', 'main')).rejects.toThrow(
      /Authentication failed/,
    );
  });

  it('keeps what was pushed between two starts', async () => {
    await test.pushBranch('change', 'new.yaml', 'a: 1\n');
    await test.host.stop();
    const again = new GitHost(test.options);
    await again.start();
    try {
      const repository = await again.store.repositories.find('shop', 'orders');
      const names = (await repository!.branches()).map(({ name }) => name);
      expect(names).toEqual(['change', 'main']);
    } finally {
      await again.stop();
    }
  });

  it('answers to localhost only, whatever name leads to it', async () => {
    const status = await new Promise(resolve => {
      request(test.host.url, { headers: { Host: 'evil.example' } }, answer => {
        answer.resume();
        resolve(answer.statusCode);
      }).end();
    });
    expect(status).toBe(403);
  });

  it('does not leave its folder', async () => {
    for (const path of ['/..%2f..%2fetc/passwd', '/shop/%2e%2e%2forders']) {
      const response = await fetch(`${test.host.url}${path}`);
      expect(response.status).toBe(404);
    }
  });
});
