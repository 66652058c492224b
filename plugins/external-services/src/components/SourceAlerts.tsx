import type { MappingsResponse } from '@external-services/backstage-plugin-external-services-common';
import { sourceProblems } from '../presentation/sourceProblems';
import { MissingFilesAlert } from './MissingFilesAlert';
import { RepositoryUnreadable } from './RepositoryUnreadable';
import { SourcesAlert } from './SourcesAlert';
import { UndeclaredAlert } from './UndeclaredAlert';

/** What is wrong with the sources; what they still say is shown below. */
export function SourceAlerts(props: {
  data: MappingsResponse;
  onRetry: () => void;
}) {
  const { data, onRetry } = props;
  const { failed, undeclared, missing } = sourceProblems(data);
  const [first, ...others] = failed;
  const onlyRepository = first?.kind === 'repository' && others.length === 0;
  return (
    <>
      {onlyRepository && (
        <RepositoryUnreadable source={first} onRetry={onRetry} />
      )}
      {first && !onlyRepository && <SourcesAlert sources={data.sources} />}
      {undeclared && <UndeclaredAlert items={data.items} />}
      {missing && <MissingFilesAlert repository={missing} />}
    </>
  );
}
