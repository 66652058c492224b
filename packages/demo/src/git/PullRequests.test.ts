import { startTestHost, TestHost } from '../testHost';
import { PullRequests } from './PullRequests';

describe('PullRequests', () => {
  let test: TestHost;
  let pulls: PullRequests;

  const repository = async () =>
    (await test.host.store.repositories.find('shop', 'orders'))!;
  const open = (head = 'change') =>
    pulls.open({ title: 'Change', body: '', head, base: 'main', author: 'me' });
  const textAtMain = async (path: string) => {
    const found = await repository();
    const entry = await found.entry('main', path);
    return entry && (await found.blob(entry.sha))?.toString();
  };

  beforeEach(async () => {
    test = await startTestHost({ 'a.txt': 'one\n', 'b.txt': 'one\n' });
    pulls = new PullRequests(
      await repository(),
      () => new Date('2026-11-22T10:00:00Z'),
    );
  });
  afterEach(() => test.stop());

  it('merges with a commit that has both sides as parents', async () => {
    await test.pushBranch('change', 'a.txt', 'two\n');
    const { number } = await open();
    const before = await (await repository()).resolve('main');

    const merged = await pulls.merge(number);

    expect(merged).toMatchObject({
      state: 'merged',
      mergedAt: '2026-11-22T10:00:00.000Z',
    });
    expect(await textAtMain('a.txt')).toBe('two\n');
    const commit = await (await repository()).commit('main');
    expect(commit.parents).toEqual([
      before,
      await (await repository()).resolve('change'),
    ]);
    expect(commit.message).toBe(
      'Merge pull request #1 from shop/change\n\nChange',
    );
  });

  it('merges once, however often it is asked', async () => {
    await test.pushBranch('change', 'a.txt', 'two\n');
    await open();
    const both = await Promise.all([pulls.merge(1), pulls.merge(1)]);
    expect(both[0].mergeSha).toBe(both[1].mergeSha);
  });

  it('keeps what others merged meanwhile', async () => {
    await test.pushBranch('change', 'a.txt', 'two\n');
    await test.pushBranch('other', 'b.txt', 'two\n');
    await open('change');
    await open('other');
    await pulls.merge(1);
    await pulls.merge(2);
    expect([await textAtMain('a.txt'), await textAtMain('b.txt')]).toEqual([
      'two\n',
      'two\n',
    ]);
  });

  it('names the files in conflict and moves nothing', async () => {
    await test.pushBranch('change', 'a.txt', 'two\n');
    await test.pushBranch('other', 'a.txt', 'three\n');
    await open('change');
    const second = await open('other');
    await pulls.merge(1);

    expect(await pulls.conflicts(second)).toEqual(['a.txt']);
    await expect(pulls.merge(2)).rejects.toThrow(
      'Pull request #2 conflicts with main in a.txt',
    );
    expect(await textAtMain('a.txt')).toBe('two\n');
    expect(await pulls.find(2)).toMatchObject({ state: 'open' });
  });

  it('shows the same changes before and after the merge', async () => {
    await test.pushBranch('change', 'a.txt', 'two\n');
    const pull = await open();
    const before = await pulls.compared(pull);
    expect(await pulls.compared(await pulls.merge(1))).toEqual(before);
  });

  it('opens none for a branch that is not there', async () => {
    await expect(open('nowhere')).rejects.toThrow('There is no branch nowhere');
  });
});
