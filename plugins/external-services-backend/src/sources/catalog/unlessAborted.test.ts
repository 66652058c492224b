import { unlessAborted } from './unlessAborted';

describe('unlessAborted', () => {
  async function* pages() {
    yield 1;
    yield 2;
  }
  async function* hanging() {
    yield 1;
    await new Promise(() => {});
  }

  it('passes on what comes', async () => {
    const seen: number[] = [];
    for await (const page of unlessAborted(
      pages(),
      new AbortController().signal,
    )) {
      seen.push(page);
    }
    expect(seen).toEqual([1, 2]);
  });

  it('ends when the signal aborts, though the stream hangs', async () => {
    const controller = new AbortController();
    const stream = unlessAborted(hanging(), controller.signal);
    expect(await stream.next()).toMatchObject({ value: 1 });
    const next = stream.next();
    controller.abort(new Error('too long'));
    await expect(next).rejects.toThrow('too long');
  });
});
