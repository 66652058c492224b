import { Alert } from '@backstage/ui';
import type { Finding } from '@external-services/backstage-plugin-external-services-common';
import { useCard } from '../hooks/useCard';
import { FindingsList } from './FindingsList';
import styles from './card.module.css';

/** Findings shown before "and n more". */
const MAX_FINDINGS = 3;

/** What is wrong with files as a whole; their other services are still shown. */
export function FileFindings(props: { findings: Finding[] }) {
  const { findings } = props;
  const { t } = useCard();
  if (findings.length === 0) return null;
  const problems = findings.filter(({ severity }) => severity !== 'info');
  const listed = problems.length > 0 ? problems : findings;
  const shown = listed.slice(0, MAX_FINDINGS);
  return (
    <Alert
      className={styles.alert}
      role="status"
      status={problems.length > 0 ? 'warning' : 'info'}
      icon
      title={
        problems.length > 0
          ? t('files.problems', { count: problems.length })
          : t('files.notes', { count: listed.length })
      }
      description={
        <>
          <FindingsList findings={shown} />
          {listed.length > shown.length &&
            t('files.remaining', { count: listed.length - shown.length })}
        </>
      }
    />
  );
}
