import { Alert } from '@backstage/ui';
import type { Mapping } from '@external-services/backstage-plugin-external-services-common';
import { useCard } from '../hooks/useCard';
import { ConnectFilesButton } from './ConnectFilesButton';
import styles from './card.module.css';

/** Services run for the component, but its files are not known. */
export function UndeclaredAlert(props: { items: Mapping[] }) {
  const { items } = props;
  const { t, formats, component } = useCard();
  const clusters = new Set(
    items
      .flatMap(({ lines }) => lines.flatMap(line => line.clusters ?? []))
      .map(({ title }) => title),
  );
  return (
    <Alert
      className={styles.alert}
      role="status"
      status="info"
      icon
      title={
        clusters.size > 0
          ? t('undeclared.titleIn', {
              count: items.length,
              component,
              clusters: formats.list([...clusters]),
            })
          : t('undeclared.title', { count: items.length, component })
      }
      description={
        <span className={styles.buttons}>
          <ConnectFilesButton />
        </span>
      }
    />
  );
}
