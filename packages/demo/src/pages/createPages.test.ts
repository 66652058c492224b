import { startTestHost, TestHost } from '../testHost';

describe('the pages', () => {
  let test: TestHost;

  beforeEach(async () => {
    test = await startTestHost({
      'catalog-info.yaml': 'kind: Component\n',
      'deploy/db.yaml': 'a: <b>\n',
    });
  });
  afterEach(() => test.stop());

  const get = async (path: string) => {
    const response = await fetch(`${test.host.url}${path}`);
    return { status: response.status, text: await response.text() };
  };
  const post = async (path: string, fields: Record<string, string>) => {
    const response = await fetch(`${test.host.url}${path}`, {
      method: 'POST',
      body: new URLSearchParams(fields),
    });
    return { status: response.status, text: await response.text() };
  };
  const secretOn = async (path: string) =>
    /name="secret" value="([^"]+)"/.exec((await get(path)).text)?.[1] ?? '';
  const openPull = async (branch = 'change', path = 'deploy/db.yaml') => {
    await test.pushBranch(branch, path, `a: ${branch}\n`);
    const repository = await test.host.store.repositories.find(
      'shop',
      'orders',
    );
    await test.host.store.pullRequests(repository!).open({
      title: `Add <${branch}>`,
      body: 'Because',
      head: branch,
      base: 'main',
      author: 'backstage',
    });
  };

  it('lead from the list to a file, with lines to link to', async () => {
    expect((await get('/')).text).toContain('href="/shop/orders"');
    expect((await get('/shop/orders')).text).toContain(
      'href="/shop/orders/tree/main/deploy"',
    );
    expect((await get('/shop/orders/tree/main/deploy')).text).toContain(
      'href="/shop/orders/blob/main/deploy/db.yaml"',
    );
    const file = await get('/shop/orders/blob/main/deploy/db.yaml');
    expect(file.text).toContain('id="L1"');
    expect(file.text).toContain('a: &lt;b&gt;');
  });

  it('lead from the folder address of a file to the file', async () => {
    const file = await get('/shop/orders/tree/main/deploy/db.yaml');
    expect(file.text).toContain('id="L1"');
  });

  it('find a file on a branch whose name has slashes', async () => {
    await test.pushBranch('add/external-db', 'deploy/db.yaml', 'a: new\n');
    const file = await get('/shop/orders/blob/add/external-db/deploy/db.yaml');
    expect(file.text).toContain('a: new');
  });

  it('say what is not there', async () => {
    const answers = await Promise.all(
      [
        '/shop/nothing',
        '/shop/orders/pull/7',
        '/shop/orders/blob/main/no.yaml',
        '/shop/orders/tree/main/deploy/nowhere.yaml',
        '/shop/orders/tree/nowhere',
      ].map(get),
    );
    expect(answers.map(({ status }) => status)).toEqual([
      404, 404, 404, 404, 404,
    ]);
  });

  it('show a pull request with its changes and merge it by the button', async () => {
    await openPull();
    const path = '/shop/orders/pull/1';
    const before = await get(path);
    expect(before.text).toContain('Add &lt;change&gt;');
    expect(before.text).toContain('<span class="line removed">-a: &lt;b&gt;');
    expect(before.text).toContain('<span class="line added">+a: change');

    const secret = await secretOn(path);
    const after = await post(`${path}/merge`, { secret });

    expect(after.text).toContain('<strong>Merged</strong>');
    expect(after.text).not.toContain('<button');
    expect(after.text).toContain('<span class="line added">+a: change');
    const file = await get('/shop/orders/blob/main/deploy/db.yaml');
    expect(file.text).toContain('a: change');
  });

  it('do not merge for another site', async () => {
    await openPull();
    const { status } = await post('/shop/orders/pull/1/merge', {
      secret: 'guessed',
    });
    expect(status).toBe(403);
    expect((await get('/shop/orders/pull/1')).text).toContain('Merge</button>');
  });

  it('name the files in conflict instead of a button', async () => {
    await openPull('one');
    await openPull('two');
    const secret = await secretOn('/shop/orders/pull/1');
    await post('/shop/orders/pull/1/merge', { secret });

    const { text } = await get('/shop/orders/pull/2');
    expect(text).toContain('This cannot be merged');
    expect(text).toContain('<li class="mono">deploy/db.yaml</li>');
    expect(text).not.toContain('<button');
    const refused = await post('/shop/orders/pull/2/merge', { secret });
    expect(refused.status).toBe(409);
  });

  it('list pull requests with their state', async () => {
    await openPull();
    const { text } = await get('/shop/orders/pulls');
    expect(text).toContain('href="/shop/orders/pull/1"');
    expect(text).toContain('<span class="badge open">Open</span>');
  });

  it('change a file', async () => {
    const path = '/shop/orders/edit/main/deploy/db.yaml';
    const secret = await secretOn(path);
    const { text } = await post(path, { secret, content: 'a: 1\r\nb: 2\r\n' });
    expect(text).toContain('b: 2');
    const clone = await test.clone();
    expect(await test.git(clone, 'show', 'HEAD:deploy/db.yaml')).toBe(
      'a: 1\nb: 2\n',
    );
  });
});
