import type { SourceStatus } from '@external-services/backstage-plugin-external-services-common';
import { useCard } from '../hooks/useCard';
import { CatalogInfoLink } from './CatalogInfoLink';
import { Message } from './Message';
import { MissingFiles } from './MissingFiles';

/** The annotation names files that are not there. */
export function FilesNotFound(props: {
  repository: NonNullable<SourceStatus['repository']>;
}) {
  const { t } = useCard();
  return (
    <Message title={t('files.notFound')} actions={<CatalogInfoLink />}>
      <MissingFiles repository={props.repository} />
    </Message>
  );
}
