import { Alert, Button } from '@backstage/ui';
import type { SourceStatus } from '@external-services/backstage-plugin-external-services-common';
import { useCard } from '../hooks/useCard';
import { Age } from './Age';
import styles from './card.module.css';

/** The repository did not let itself be read; what was read before is still shown. */
export function RepositoryUnreadable(props: {
  source: SourceStatus;
  onRetry: () => void;
}) {
  const { source, onRetry } = props;
  const { t, checking } = useCard();
  const host = source.repository?.host ?? source.title;
  const reason = source.error?.replace(/\.$/, '') ?? t('files.noReason');
  return (
    <Alert
      className={styles.alert}
      role="status"
      status="warning"
      icon
      title={t('files.unreadable')}
      description={
        <>
          {source.seenAt
            ? t('files.unreadableShown', {
                host,
                reason,
                age: <Age at={source.seenAt} />,
              })
            : t('files.unreadableDescription', { host, reason })}
          <span className={styles.buttons}>
            <Button
              variant="secondary"
              size="small"
              isPending={checking}
              onPress={onRetry}
            >
              {t('actions.tryAgain')}
            </Button>
          </span>
        </>
      }
    />
  );
}
