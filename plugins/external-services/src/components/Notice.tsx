import { useEffect, useState } from 'react';
import type { MappingsResponse } from '@external-services/backstage-plugin-external-services-common';
import { useCard } from '../hooks/useCard';
import type { Mappings } from '../hooks/useMappings';
import { isSettling } from '../presentation/lines';
import styles from './card.module.css';

const SLOW_AFTER_MS = 5_000;
const SHOWN_MS = 10_000;

/** How `Check now` is doing, in one line under the services. */
export function Notice(props: { mappings: Mappings }) {
  const { checkingSince, outcome, data, dismissOutcome } = props.mappings;
  const { t, formats, now } = useCard();
  const [isSlow, setSlow] = useState(false);

  useEffect(() => {
    setSlow(false);
    if (checkingSince === undefined) return undefined;
    const timer = setTimeout(() => setSlow(true), SLOW_AFTER_MS);
    return () => clearTimeout(timer);
  }, [checkingSince]);

  useEffect(() => {
    if (!outcome || outcome.kind === 'failed') return undefined;
    const timer = setTimeout(dismissOutcome, SHOWN_MS);
    return () => clearTimeout(timer);
  }, [outcome, dismissOutcome]);

  let text = '';
  if (checkingSince !== undefined && isSlow) {
    text = t('checkNow.still', {
      source: slowSource(data) ?? t('checkNow.allSources'),
    });
  } else if (outcome?.kind === 'done') {
    text =
      outcome.changes > 0
        ? t('checkNow.changed', { count: outcome.changes })
        : t('checkNow.unchanged');
  } else if (outcome?.kind === 'checking') {
    const source = slowSource(data);
    text = source ? t('checkNow.still', { source }) : t('checkNow.stillPlain');
  } else if (outcome?.kind === 'tooSoon') {
    const seconds = String(outcome.seconds);
    text = outcome.checkedAt
      ? t('checkNow.tooSoon', {
          age: formats.age(outcome.checkedAt, Math.max(now, Date.now())),
          seconds,
        })
      : t('checkNow.tooSoonPlain', { seconds });
  }
  return (
    <p className={styles.notice} role="status">
      {text}
    </p>
  );
}

/** The source that has not answered yet, when it is known which. */
function slowSource(data?: MappingsResponse): string | undefined {
  if (!data || !isSettling(data)) return undefined;
  return data.sources.find(({ status }) => status === 'pending')?.title;
}
