import type { SourceStatus } from '@external-services/backstage-plugin-external-services-common';
import { useCard } from '../hooks/useCard';
import { CatalogInfoLink } from './CatalogInfoLink';
import { HostList } from './HostList';
import { Message } from './Message';

/** The annotation names files that are not there. */
export function FilesNotFound(props: {
  repository: NonNullable<SourceStatus['repository']>;
}) {
  const { t } = useCard();
  return (
    <Message title={t('files.notFound')} actions={<CatalogInfoLink />}>
      <FilesNotFoundText repository={props.repository} t={t} />
    </Message>
  );
}

/** Which files are missing, and from which branch. */
export function FilesNotFoundText(props: {
  repository: NonNullable<SourceStatus['repository']>;
  t: ReturnType<typeof useCard>['t'];
}) {
  const { repository, t } = props;
  const { missing, branch } = repository;
  const paths = <HostList names={missing} />;
  return branch
    ? t('files.notFoundDescription', { count: missing.length, paths, branch })
    : t('files.notFoundNoBranch', { paths });
}
