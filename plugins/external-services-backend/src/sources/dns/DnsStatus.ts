import type { NameAnswer } from './resolveName';

/**
 * What is known of one name from one viewpoint. Times are milliseconds.
 *
 * @internal
 */
export interface DnsStatus {
  /** The answer that is shown: it changes only after two of a kind in a row. */
  shown: NameAnswer;
  /** First of the row of answers that `shown` belongs to. */
  since: number;
  /** Set while the present answer says otherwise and waits for a second one. */
  unconfirmed?: { since: number };
  /** The last good answer. */
  lastGood?: { answer: NameAnswer; at: number };
  /** How long the present answer is good for, in milliseconds. */
  refreshMs: number;
}

type Verdict = 'good' | 'bad' | 'unanswered';

function verdictOf({ failure, unanswered }: NameAnswer): Verdict {
  const known = failure === undefined ? 'good' : 'bad';
  return unanswered ? 'unanswered' : known;
}

/**
 * Joins a new answer to what was known. Up and down are counted: a change
 * between good, bad and unanswered is shown when it is seen twice in a row, so that one lost
 * packet flips nothing; the very first answer is shown at once. `since` is the
 * first time it was seen, not the moment it was confirmed.
 *
 * @internal
 */
export function advance(
  previous: DnsStatus | undefined,
  answer: NameAnswer,
  now: number,
  refreshMs: number,
): DnsStatus {
  const verdict = verdictOf(answer);
  const lastGood =
    verdict === 'good' ? { answer, at: now } : previous?.lastGood;
  if (!previous) {
    return { shown: answer, since: now, lastGood, refreshMs };
  }
  if (verdictOf(previous.shown) === verdict) {
    return { shown: answer, since: previous.since, lastGood, refreshMs };
  }
  return previous.unconfirmed
    ? { shown: answer, since: previous.unconfirmed.since, lastGood, refreshMs }
    : {
        shown: previous.shown,
        since: previous.since,
        unconfirmed: { since: now },
        lastGood,
        refreshMs,
      };
}
