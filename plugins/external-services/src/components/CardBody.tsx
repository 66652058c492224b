import type { ReactNode } from 'react';
import { useCard } from '../hooks/useCard';
import { hasSourceProblems } from '../presentation/sourceProblems';
import type { Mappings } from '../hooks/useMappings';
import { LoadingSkeleton } from './LoadingSkeleton';
import { onDemand } from './onDemand';
import { PortalFailure } from './PortalFailure';
import styles from './card.module.css';

const NoServices = onDemand(
  () => import('./NoServices').then(module => module.NoServices),
  ({ expected }) => <LoadingSkeleton services={expected} />,
);
const SourceAlerts = onDemand(() =>
  import('./SourceAlerts').then(module => module.SourceAlerts),
);
const FileFindings = onDemand(() =>
  import('./FileFindings').then(module => module.FileFindings),
);
const NoPermission = onDemand(() =>
  import('./NoPermission').then(module => module.NoPermission),
);

/** Requests may fail for this long before it is said, while there is data. */
const PAUSED_AFTER_MS = 60_000;

/** What stands in the card: the services, or why there are none. */
export function CardBody(props: {
  mappings: Mappings;
  /** Services in the skeleton. */
  expected: number;
  children: ReactNode;
}) {
  const { mappings, expected, children } = props;
  const { data, failure } = mappings;
  const { t } = useCard();
  if (!data) {
    if (!failure) return <LoadingSkeleton services={expected} />;
    return failure.kind === 'forbidden' ? (
      <NoPermission />
    ) : (
      <PortalFailure
        failure={failure}
        status="danger"
        onRetry={mappings.reload}
      />
    );
  }
  // Notes matter only where there is nothing else to say.
  const findings = data.findings.filter(
    ({ severity }) => severity !== 'info' || data.items.length === 0,
  );
  return (
    <>
      <ConnectionAlert mappings={mappings} />
      {hasSourceProblems(data) && (
        <SourceAlerts
          data={data}
          onRetry={data.actions.refresh ? mappings.checkNow : mappings.reload}
        />
      )}
      {data.items.length > 0 ? (
        <>
          {children}
          {data.total > data.items.length && (
            <p className={styles.paragraph}>
              {t('card.beyond', { count: data.total - data.items.length })}
            </p>
          )}
        </>
      ) : (
        <NoServices data={data} expected={expected} />
      )}
      {findings.length > 0 && <FileFindings findings={findings} />}
    </>
  );
}

/** Shown data is older than it should be, because the portal does not answer. */
function ConnectionAlert(props: { mappings: Mappings }) {
  const { failure, failingSince, data, outcome, reload, checkNow } =
    props.mappings;
  const { t, formats, now } = useCard();
  if (outcome?.kind === 'failed') {
    return (
      <PortalFailure
        title={t('checkNow.failed')}
        failure={outcome.failure}
        status="danger"
        onRetry={checkNow}
      />
    );
  }
  if (
    !failure ||
    failingSince === undefined ||
    now - failingSince < PAUSED_AFTER_MS
  ) {
    return null;
  }
  return (
    <PortalFailure
      title={t('portal.paused', {
        time: formats.clock(
          data?.seenAt ?? new Date(failingSince).toISOString(),
          now,
        ),
      })}
      failure={failure}
      status="warning"
      onRetry={reload}
    />
  );
}
