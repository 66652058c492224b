import { useCard } from '../hooks/useCard';
import styles from './card.module.css';

/** How long ago something was; the exact time with its zone is in the title. */
export function Age(props: { at: string }) {
  const { formats, now, checking, t } = useCard();
  return (
    <time
      className={styles.age}
      dateTime={props.at}
      title={formats.absolute(props.at)}
    >
      {checking ? t('actions.checking') : formats.age(props.at, now)}
    </time>
  );
}
