/** Numbers, times and lists in the language of the page. */
export interface Formats {
  /** `12 sec. ago`, `now`. Future times count as now. */
  age(iso: string, now: number): string;
  /** `14 min`, from an instant until now. Undefined below 10 s. */
  duration(iso: string, now: number): string | undefined;
  /** `02:58` today, `21 Nov, 14:10` before. */
  clock(iso: string, now: number): string;
  /** Date, time and zone. */
  absolute(iso: string): string;
  /** `21 Nov 2026`. */
  date(iso: string): string;
  /** `a, b, and c`. */
  list(texts: string[]): string;
}

type Unit = 'second' | 'minute' | 'hour' | 'day' | 'week';

const UNITS: [Unit, number][] = [
  ['week', 7 * 24 * 3600],
  ['day', 24 * 3600],
  ['hour', 3600],
  ['minute', 60],
];

function inLargestUnit(iso: string, now: number): [number, Unit] {
  const seconds = Math.max(0, Math.round((now - Date.parse(iso)) / 1000));
  // Days are said up to two weeks, as nobody counts "1 week ago" exactly.
  const found = UNITS.find(
    ([unit, size]) => seconds >= size * (unit === 'week' ? 2 : 1),
  );
  return found
    ? [Math.floor(seconds / found[1]), found[0]]
    : [seconds, 'second'];
}

const SHORTEST_DURATION_MS = 10_000;

/** Formats for a language; the browser's own when it is not given. */
export function createFormats(language?: string): Formats {
  const relative = new Intl.RelativeTimeFormat(language, { style: 'short' });
  // Words for numbers suit 0 only: "yesterday" can be 47 hours ago.
  const inWords = new Intl.RelativeTimeFormat(language, { numeric: 'auto' });
  const clock = new Intl.DateTimeFormat(language, { timeStyle: 'short' });
  const dayAndClock = new Intl.DateTimeFormat(language, {
    day: 'numeric',
    month: 'short',
    hour: '2-digit',
    minute: '2-digit',
  });
  const absolute = new Intl.DateTimeFormat(language, {
    dateStyle: 'medium',
    timeStyle: 'long',
  });
  const date = new Intl.DateTimeFormat(language, { dateStyle: 'medium' });
  const list = new Intl.ListFormat(language, { type: 'conjunction' });
  return {
    age: (iso, now) => {
      const [value, unit] = inLargestUnit(iso, now);
      return (value === 0 ? inWords : relative).format(-value, unit);
    },
    duration: (iso, now) => {
      // "For 0 sec" says nothing; by the time it is read it is wrong.
      if (now - Date.parse(iso) < SHORTEST_DURATION_MS) {
        return undefined;
      }
      const [value, unit] = inLargestUnit(iso, now);
      return new Intl.NumberFormat(language, {
        style: 'unit',
        unit,
        unitDisplay: 'short',
      }).format(value);
    },
    clock: (iso, now) =>
      new Date(iso).toDateString() === new Date(now).toDateString()
        ? clock.format(new Date(iso))
        : dayAndClock.format(new Date(iso)),
    absolute: iso => absolute.format(new Date(iso)),
    date: iso => date.format(new Date(iso)),
    list: texts => list.format(texts),
  };
}
