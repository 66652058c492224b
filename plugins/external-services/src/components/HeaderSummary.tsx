import type { MappingsResponse } from '@external-services/backstage-plugin-external-services-common';
import { useCard } from '../hooks/useCard';
import { countAttention } from '../presentation/lines';
import { Age } from './Age';
import styles from './card.module.css';

/** How many services there are, how many need attention, and the age of it all. */
export function HeaderSummary(props: {
  data: MappingsResponse;
  className: string;
}) {
  const { t } = useCard();
  const { items, total, seenAt } = props.data;
  if (items.length === 0) return null;
  const services = t('card.services', { count: total });
  const attention = countAttention(items);
  return (
    <span className={`${styles.headerSummary} ${props.className}`}>
      {items.length === 1 ? (
        <span className={styles.visuallyHidden}>{services}</span>
      ) : (
        <span>
          {attention > 0
            ? t('card.attention', { services, count: attention })
            : services}
        </span>
      )}
      {items.length > 1 && seenAt && (
        <>
          {' '}
          <span aria-hidden>·</span>{' '}
        </>
      )}
      {seenAt && <Age at={seenAt} />}
    </span>
  );
}
