import type { ReactNode } from 'react';
import type {
  MappingsResponse,
  SourceStatus,
} from '@external-services/backstage-plugin-external-services-common';
import { Alert } from '@backstage/ui';
import { useCard } from '../hooks/useCard';
import type { Mappings } from '../hooks/useMappings';
import { EmptyCard } from './EmptyCard';
import { FileFindings } from './FileFindings';
import { FilesNotFound, FilesNotFoundText } from './FilesNotFound';
import { LoadingSkeleton } from './LoadingSkeleton';
import { NoPermission } from './NoPermission';
import { NothingExternal } from './NothingExternal';
import { PortalFailure } from './PortalFailure';
import { RepositoryUnreadable } from './RepositoryUnreadable';
import { SourcesAlert } from './SourcesAlert';
import { UndeclaredAlert } from './UndeclaredAlert';
import { CatalogInfoLink } from './CatalogInfoLink';
import styles from './card.module.css';

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
  return (
    <>
      <ConnectionAlert mappings={mappings} />
      <SourceAlerts
        data={data}
        onRetry={mappings.checkNow}
        canCheck={data.actions.refresh}
        onReload={mappings.reload}
      />
      {data.items.length > 0 ? (
        children
      ) : (
        <NoServices data={data} expected={expected} />
      )}
      <FileFindings
        findings={data.findings.filter(
          ({ severity }) => severity !== 'info' || data.items.length === 0,
        )}
      />
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

function SourceAlerts(props: {
  data: MappingsResponse;
  canCheck: boolean;
  onRetry: () => void;
  onReload: () => void;
}) {
  const { t } = useCard();
  const { sources, items } = props.data;
  const failed = sources.filter(({ status }) => status === 'failed');
  const repository = repositoryOf(sources);
  const undeclared =
    items.length > 0 &&
    items.every(({ state }) => state === 'undeclared') &&
    repository?.repository?.mode === 'conventional';
  const missing = repository?.repository?.missing ?? [];
  return (
    <>
      {failed.length === 1 && failed[0].kind === 'repository' && (
        <RepositoryUnreadable
          source={failed[0]}
          onRetry={props.canCheck ? props.onRetry : props.onReload}
        />
      )}
      {failed.length > 0 &&
        (failed.length > 1 || failed[0].kind !== 'repository') && (
          <SourcesAlert sources={sources} />
        )}
      {undeclared && <UndeclaredAlert count={items.length} />}
      {items.length > 0 && repository?.repository && missing.length > 0 && (
        <Alert
          className={styles.alert}
          role="status"
          status="warning"
          icon
          title={t('files.notFound')}
          description={
            <>
              <FilesNotFoundText repository={repository.repository} t={t} />
              <span className={styles.buttons}>
                <CatalogInfoLink />
              </span>
            </>
          }
        />
      )}
    </>
  );
}

/** Why there are no services. A failed repository says so above. */
function NoServices(props: { data: MappingsResponse; expected: number }) {
  const { sources, actions } = props.data;
  const source = repositoryOf(sources);
  if (source?.status === 'pending') {
    return <LoadingSkeleton services={props.expected} />;
  }
  if (source?.status === 'failed') {
    return null;
  }
  const repository = source?.repository;
  if (repository && repository.files.length > 0) {
    return <NothingExternal repository={repository} />;
  }
  if (repository?.mode === 'annotation' && repository.missing.length > 0) {
    return <FilesNotFound repository={repository} />;
  }
  return <EmptyCard addTemplate={actions.addTemplate} />;
}

function repositoryOf(sources: SourceStatus[]): SourceStatus | undefined {
  return sources.find(({ kind }) => kind === 'repository');
}
