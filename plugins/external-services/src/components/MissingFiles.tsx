import type { SourceStatus } from '@external-services/backstage-plugin-external-services-common';
import { useCard } from '../hooks/useCard';
import { HostList } from './HostList';

/** Which files are missing, and from which branch. */
export function MissingFiles(props: {
  repository: NonNullable<SourceStatus['repository']>;
}) {
  const { t } = useCard();
  const { missing, branch } = props.repository;
  const paths = <HostList names={missing} />;
  return branch
    ? t('files.notFoundDescription', { count: missing.length, paths, branch })
    : t('files.notFoundNoBranch', { paths });
}
