import { createFormats } from './Formats';

const NOW = Date.parse('2026-11-22T12:00:00Z');
const before = (seconds: number) =>
  new Date(NOW - seconds * 1000).toISOString();

describe('createFormats', () => {
  const formats = createFormats('en');

  it.each([
    [0, 'now'],
    [12, '12 sec. ago'],
    [61, '1 min. ago'],
    [3600, '1 hr. ago'],
    [30 * 3600, '1 day ago'],
    [10 * 24 * 3600, '10 days ago'],
    [21 * 24 * 3600, '3 wk. ago'],
    [-30, 'now'],
  ])('says the age of %i s as "%s"', (seconds, text) => {
    expect(formats.age(before(seconds), NOW)).toBe(text);
  });

  it('says a duration without "ago"', () => {
    expect(formats.duration(before(14 * 60), NOW)).toBe('14 min');
    expect(formats.duration(before(10), NOW)).toBe('10 sec');
    expect(formats.duration(before(9), NOW)).toBeUndefined();
  });

  it('says the time of today, and the day of what is older', () => {
    expect(formats.clock('2026-11-22T02:58:00Z', NOW)).toMatch(/^2:58\sAM$/);
    expect(formats.clock('2026-11-21T14:10:00Z', NOW)).toMatch(
      /^Nov 21, 02:10\sPM$/,
    );
  });

  it('says the zone of an absolute time', () => {
    expect(formats.absolute('2026-11-22T02:58:00Z')).toContain('UTC');
  });

  it('speaks other languages', () => {
    expect(createFormats('de').age(before(12), NOW)).toBe('vor 12 Sek.');
  });
});
