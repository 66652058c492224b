import { useState } from 'react';
import { Button } from '@backstage/ui';
import type { SourceStatus } from '@external-services/backstage-plugin-external-services-common';
import { useCard } from '../hooks/useCard';
import { Host } from './Host';
import { HostList } from './HostList';
import { Message } from './Message';
import styles from './card.module.css';

/** Files were read, but none of them declares something external. */
export function NothingExternal(props: {
  repository: NonNullable<SourceStatus['repository']>;
}) {
  const { t } = useCard();
  const [showFiles, setShowFiles] = useState(false);
  const { files, patterns } = props.repository;
  return (
    <Message
      title={t('files.nothing')}
      actions={
        <Button
          variant="secondary"
          size="small"
          aria-expanded={showFiles}
          onPress={() => setShowFiles(!showFiles)}
        >
          {showFiles ? t('actions.hideFiles') : t('actions.showFiles')}
        </Button>
      }
    >
      {t('files.nothingDescription', {
        count: files.length,
        paths: <HostList names={patterns} />,
      })}
      {showFiles && (
        <ul className={styles.fileList} aria-label={t('files.list')}>
          {files.map(file => (
            <li key={file}>
              <Host name={file} />
            </li>
          ))}
        </ul>
      )}
    </Message>
  );
}
