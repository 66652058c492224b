import { useState } from 'react';
import { Alert, Button } from '@backstage/ui';
import type { RequestFailure } from '../api/RequestFailure';
import { useCard } from '../hooks/useCard';
import { failureReason } from '../presentation/failureReason';
import { CopyButton } from './CopyButton';
import styles from './card.module.css';

/** Says that the portal failed and not the service, and tries again in place. */
export function PortalFailure(props: {
  /** Default: that the services could not be loaded. */
  title?: string;
  failure: RequestFailure;
  /** `status` where the services are still on screen. */
  status: 'danger' | 'warning';
  onRetry: () => Promise<void>;
}) {
  const { title, failure, status, onRetry } = props;
  const { t, component } = useCard();
  const [retrying, setRetrying] = useState(false);
  const heading = title ?? t('portal.title');
  const text = t('portal.fault', {
    component,
    reason: failureReason(t, failure),
  });
  const retry = async () => {
    setRetrying(true);
    try {
      await onRetry();
    } finally {
      setRetrying(false);
    }
  };
  return (
    <Alert
      className={styles.alert}
      role="alert"
      status={status}
      icon
      title={heading}
      description={
        <>
          {text}
          <span className={styles.buttons}>
            <Button
              variant="secondary"
              size="small"
              isPending={retrying}
              onPress={retry}
            >
              {t('actions.tryAgain')}
            </Button>
            <CopyButton
              text={() =>
                [heading, text, `${failure.kind}: ${failure.message}`].join(
                  '\n',
                )
              }
            >
              {t('actions.copyError')}
            </CopyButton>
          </span>
        </>
      }
    />
  );
}
