import type { MappingsResponse } from '@external-services/backstage-plugin-external-services-common';
import { useAnnouncements } from '../hooks/useAnnouncements';
import { useCard } from '../hooks/useCard';
import styles from './card.module.css';

/** Changes said by name; the rest is a number. */
const MAX_SAID = 3;

/** Reads changes of state to those who do not see them. */
export function Announcer(props: { data?: MappingsResponse }) {
  const { t } = useCard();
  const changes = useAnnouncements(props.data);
  const said = changes.slice(0, MAX_SAID);
  return (
    <div className={styles.visuallyHidden} role="status" aria-live="polite">
      {said.map(({ key, name, state, environment }) => (
        <p key={key}>
          {t(`announce.${state}`, {
            name,
            environment: environment ?? t('row.allEnvironments'),
          })}
        </p>
      ))}
      {changes.length > said.length && (
        <p>{t('announce.more', { count: changes.length - said.length })}</p>
      )}
    </div>
  );
}
