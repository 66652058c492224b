import { Skeleton } from '@backstage/ui';
import { useCard } from '../hooks/useCard';
import styles from './card.module.css';

/** Stands for the panel of a service while its code is fetched. */
export function PanelSkeleton() {
  const { t } = useCard();
  return (
    <div className={styles.skeleton} role="status">
      <span className={styles.visuallyHidden}>{t('panel.loading')}</span>
      <Skeleton className={styles.bone} width="100%" height={64} />
      <Skeleton className={styles.bone} width="80%" height={16} />
      <Skeleton className={styles.bone} width="65%" height={16} />
    </div>
  );
}
