import { contentTag } from './contentTag';

describe('contentTag', () => {
  const answer = {
    items: [
      {
        name: 'db',
        since: '2026-01-01T00:00:00.000Z',
        seenAt: '2026-01-01T00:00:00.000Z',
        resolution: {
          chain: [{ name: 'a.example.com', ttl: 30 }],
          checkedAt: '2026-01-01T00:00:00.000Z',
          lastGood: { at: '2026-01-01T00:00:00.000Z', addresses: [] },
        },
      },
    ],
    sources: [{ attemptedAt: '2026-01-01T00:00:00.000Z' }],
  };
  const tagOf = (value: object, from = '', to = '') =>
    contentTag(JSON.stringify(value).replace(from, to));
  const tag = tagOf(answer);

  it.each([
    ['"seenAt":"2026', '"seenAt":"2027'],
    ['"checkedAt":"2026', '"checkedAt":"2027'],
    ['"attemptedAt":"2026', '"attemptedAt":"2027'],
    ['"at":"2026', '"at":"2027'],
    ['"ttl":30', '"ttl":29.5'],
  ])('is the same where only an age is another: %s', (from, to) => {
    expect(tagOf(answer, from, to)).toBe(tag);
  });

  it.each([
    ['"since":"2026', '"since":"2027'],
    ['"name":"db"', '"name":"db2"'],
    ['"addresses":[]', '"addresses":["192.0.2.1"]'],
  ])('is another with other content: %s', (from, to) => {
    expect(tagOf(answer, from, to)).not.toBe(tag);
  });

  it('does not take a text for a field', () => {
    const saying = (text: string) => tagOf({ yaml: text });
    expect(saying('a,"seenAt":"1"')).not.toBe(saying('a,"seenAt":"2"'));
    expect(saying('{"ttl":1}')).not.toBe(saying('{"ttl":2}'));
  });
});
