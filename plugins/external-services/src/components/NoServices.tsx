import type { MappingsResponse } from '@external-services/backstage-plugin-external-services-common';
import { repositoryOf } from '../presentation/lines';
import { EmptyCard } from './EmptyCard';
import { FilesNotFound } from './FilesNotFound';
import { LoadingSkeleton } from './LoadingSkeleton';
import { NothingExternal } from './NothingExternal';

/** Why there are no services. A failed repository says so above. */
export function NoServices(props: {
  data: MappingsResponse;
  expected: number;
}) {
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
  return <EmptyCard addTemplate={actions.templates.add} />;
}
