import type {
  Mapping,
  MappingLine,
} from '@external-services/backstage-plugin-external-services-common';
import { useCard } from '../hooks/useCard';
import { CopyButton } from './CopyButton';
import { Host } from './Host';
import styles from './card.module.css';

/** The name to put into the app's configuration, and what it means. */
export function UseInApp(props: { mapping: Mapping; line: MappingLine }) {
  const { mapping, line } = props;
  const { t } = useCard();
  const { fullName } = mapping;
  const port = line.ports[0]?.port;
  return (
    <div className={styles.useInApp}>
      <div className={styles.useInAppName}>
        <span className={styles.checkName}>{t('panel.useInApp')}</span>
        <Host name={fullName} />
        {!mapping.namespace && !line.namespace && (
          <span>{t('panel.namespaceUnknown')}</span>
        )}
      </div>
      <div className={styles.buttons}>
        <CopyButton
          text={() => fullName}
          label={t('actions.copyName', { name: fullName })}
        >
          {t('panel.copyName')}
        </CopyButton>
        {port !== undefined && (
          <CopyButton
            text={() => `${fullName}:${port}`}
            label={t('panel.copyWithPort', { name: `${fullName}:${port}` })}
          >
            {t('panel.withPort')}
          </CopyButton>
        )}
      </div>
      <p className={styles.explanation}>{t(`kindExplained.${line.kind}`)}</p>
    </div>
  );
}
