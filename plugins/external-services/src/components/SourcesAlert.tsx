import { useState } from 'react';
import { Alert, Button } from '@backstage/ui';
import type { SourceStatus } from '@external-services/backstage-plugin-external-services-common';
import { useCard } from '../hooks/useCard';
import type { Translate } from '../hooks/useTranslate';
import { isResolutionFailure } from '../presentation/knownFailure';
import { Age } from './Age';
import { Host } from './Host';
import styles from './card.module.css';

/** Some sources did not answer; the lines of the others are as good as ever. */
export function SourcesAlert(props: { sources: SourceStatus[] }) {
  const { sources } = props;
  const { t, formats, now } = useCard();
  const [showSources, setShowSources] = useState(false);
  const failureText = ({
    title: source,
    kind,
    seenAt,
    failure,
  }: SourceStatus) => {
    const time = seenAt && formats.clock(seenAt, now);
    if (kind === 'dns') {
      return time
        ? t('sources.dnsSilentSince', { source, time })
        : t('sources.dnsSilent', { source });
    }
    if (failure && failure !== 'unreachable') {
      const told = { source, reason: reasonText(t, failure) };
      return time
        ? t('sources.failedSince', { ...told, time })
        : t('sources.failedBecause', told);
    }
    return time
      ? t('sources.unreachableSince', { source, time })
      : t('sources.unreachable', { source });
  };
  const failed = sources.filter(({ status }) => status === 'failed');
  return (
    <Alert
      className={styles.alert}
      role="status"
      status="warning"
      icon
      title={t('sources.failed', {
        count: failed.length,
        total: String(sources.length),
      })}
      description={
        <>
          {failed.map(source => (
            <p key={source.id} className={styles.paragraph}>
              {failureText(source)}
            </p>
          ))}
          <span className={styles.buttons}>
            <Button
              variant="secondary"
              size="small"
              aria-expanded={showSources}
              onPress={() => setShowSources(!showSources)}
            >
              {showSources
                ? t('actions.hideSources')
                : t('actions.showSources')}
            </Button>
          </span>
          {showSources && (
            <ul className={styles.fileList} aria-label={t('sources.list')}>
              {sources.map(source => (
                <li key={source.id}>
                  {source.kind === 'dns' ? (
                    t('sources.dns', { source: source.title })
                  ) : (
                    <Host name={source.title} />
                  )}{' '}
                  {source.status === 'ok' && source.seenAt
                    ? t('sources.okSeen', { age: <Age at={source.seenAt} /> })
                    : t(`sources.status.${source.status}`)}
                  {source.failure && <>: {reasonText(t, source.failure)}</>}
                  {source.error && !source.failure && (
                    <span lang="en">: {source.error}</span>
                  )}
                </li>
              ))}
            </ul>
          )}
        </>
      }
    />
  );
}

function reasonText(
  t: Translate,
  failure: NonNullable<SourceStatus['failure']>,
): string {
  return isResolutionFailure(failure)
    ? t(`failure.${failure}`)
    : t(`silence.${failure}`);
}
