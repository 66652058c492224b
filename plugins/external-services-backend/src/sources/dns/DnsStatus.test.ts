import { advance, DnsStatus } from './DnsStatus';
import type { NameAnswer } from './resolveName';

const good: NameAnswer = {
  chain: [],
  addresses: [{ address: '203.0.113.7', ttl: 60 }],
};
const bad: NameAnswer = { chain: [], addresses: [], failure: 'no-answer' };

function after(...answers: NameAnswer[]): DnsStatus {
  return answers.reduce<DnsStatus | undefined>(
    (status, answer, index) => advance(status, answer, index + 1, 30_000),
    undefined,
  )!;
}

describe('advance', () => {
  it('shows the very first answer at once, good or bad', () => {
    expect(after(good)).toMatchObject({ shown: good, since: 1 });
    expect(after(bad)).toMatchObject({ shown: bad, since: 1 });
  });

  it('keeps a good answer through one failure', () => {
    expect(after(good, bad).shown).toEqual(good);
    expect(after(good, bad, good)).toMatchObject({ shown: good, since: 1 });
    expect(after(good, bad, good, bad).shown).toEqual(good);
  });

  it('shows a failure after the second in a row, since the first', () => {
    expect(after(good, bad, bad)).toMatchObject({ shown: bad, since: 2 });
    expect(after(good, bad, bad, bad)).toMatchObject({ shown: bad, since: 2 });
  });

  it('shows a recovery after the second in a row, since the first', () => {
    expect(after(bad, good).shown).toEqual(bad);
    expect(after(bad, good, good)).toMatchObject({ shown: good, since: 2 });
  });

  it('keeps the last good answer with its time through failures', () => {
    expect(after(good, good, bad, bad, bad).lastGood).toEqual({
      answer: good,
      at: 2,
    });
    expect(after(bad, bad).lastGood).toBeUndefined();
  });

  it('shows another kind of failure at once, since the first failure', () => {
    const gone: NameAnswer = { ...bad, failure: 'no-such-name' };
    expect(after(bad, bad, gone)).toMatchObject({ shown: gone, since: 1 });
  });

  it('takes a viewpoint that answers nothing for neither good nor bad', () => {
    const unanswered: NameAnswer = { ...bad, unanswered: true };
    expect(after(good, unanswered).shown).toEqual(good);
    expect(after(good, unanswered, unanswered)).toMatchObject({
      shown: unanswered,
      since: 2,
      lastGood: { at: 1 },
    });
    expect(after(bad, unanswered, unanswered, bad, bad)).toMatchObject({
      shown: bad,
      since: 4,
    });
  });

  it('shows other addresses at once', () => {
    const moved = { ...good, addresses: [{ address: '203.0.113.9', ttl: 60 }] };
    expect(after(good, moved).shown).toEqual(moved);
  });
});
