import { useCard } from '../hooks/useCard';
import { Age } from './Age';
import styles from './card.module.css';

/** From where and when a fact was seen. */
export function Seen(props: { at?: string; from?: string }) {
  const { t } = useCard();
  if (!props.at) return null;
  const age = <Age at={props.at} />;
  return (
    <span className={styles.note}>
      {props.from
        ? t('answer.seenFrom', { place: props.from, age })
        : t('answer.seen', { age })}
    </span>
  );
}
