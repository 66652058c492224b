import { Alert } from '@backstage/ui';
import { useCard } from '../hooks/useCard';
import { ConnectFilesButton } from './ConnectFilesButton';
import styles from './card.module.css';

/** Services run for the component, but its files are not known. */
export function UndeclaredAlert(props: { count: number }) {
  const { t, component } = useCard();
  return (
    <Alert
      className={styles.alert}
      role="status"
      status="info"
      icon
      title={t('undeclared.title', { count: props.count, component })}
      description={
        <span className={styles.buttons}>
          <ConnectFilesButton />
        </span>
      }
    />
  );
}
