import { Alert } from '@backstage/ui';
import type { SourceStatus } from '@external-services/backstage-plugin-external-services-common';
import { useCard } from '../hooks/useCard';
import { CatalogInfoLink } from './CatalogInfoLink';
import { MissingFiles } from './MissingFiles';
import styles from './card.module.css';

/** Some files of the annotation are not there; the services of the others are. */
export function MissingFilesAlert(props: {
  repository: NonNullable<SourceStatus['repository']>;
}) {
  const { t } = useCard();
  return (
    <Alert
      className={styles.alert}
      role="status"
      status="warning"
      icon
      title={t('files.notFound')}
      description={
        <>
          <MissingFiles repository={props.repository} />
          <span className={styles.buttons}>
            <CatalogInfoLink />
          </span>
        </>
      }
    />
  );
}
