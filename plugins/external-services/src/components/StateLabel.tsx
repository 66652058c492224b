import { RiTimeLine } from '@remixicon/react';
import type { StateCode } from '@external-services/backstage-plugin-external-services-common';
import { useCard } from '../hooks/useCard';
import { STATE_LOOKS } from '../presentation/stateLook';
import styles from './card.module.css';

/**
 * A state as icon, word and tone. Stale evidence keeps its word and says its
 * age; green then turns neutral, while a problem stays a problem.
 */
export function StateLabel(props: {
  state: StateCode;
  /** Where it is another one than that of the state. */
  tone?: 'warning';
  /** What to say instead of the bare word. */
  text?: string;
  stale?: boolean;
  /** ISO 8601; when the evidence was seen, said when it is stale. */
  seenAt?: string;
}) {
  const { state, stale, seenAt } = props;
  const { t, formats, now } = useCard();
  const look = STATE_LOOKS[state];
  const ownTone = props.tone ?? look.tone;
  const isProblem = ownTone === 'danger' || ownTone === 'warning';
  const Icon = stale ? RiTimeLine : look.icon;
  const tone = stale && !isProblem ? 'neutral' : ownTone;
  let text = props.text ?? t(`state.${state}`);
  if (stale && seenAt) {
    const age = formats.age(seenAt, now);
    text = isProblem
      ? t('row.staleProblem', { word: text, age })
      : t('row.staleHealthy', { word: text, age });
  }
  return (
    <span className={styles.stateLabel} data-tone={tone} data-state={state}>
      <Icon
        className={state === 'checking' ? styles.spinning : undefined}
        size={16}
        aria-hidden
      />
      <span>{text}</span>
    </span>
  );
}
