import { Skeleton } from '@backstage/ui';
import { useCard } from '../hooks/useCard';
import styles from './card.module.css';

/** As many services as the card had last time, in their final geometry. */
export function LoadingSkeleton(props: { services: number }) {
  const { t } = useCard();
  return (
    <div className={styles.skeleton} role="status">
      <span className={styles.visuallyHidden}>{t('card.loading')}</span>
      {Array.from({ length: props.services }, (_, index) => (
        <div key={index} className={styles.skeletonRow} aria-hidden>
          <div className={styles.skeletonLine}>
            <Skeleton className={styles.bone} width="45%" height={16} />
            <Skeleton className={styles.bone} width="20%" height={16} />
          </div>
          <Skeleton className={styles.bone} width="60%" height={12} />
        </div>
      ))}
    </div>
  );
}
