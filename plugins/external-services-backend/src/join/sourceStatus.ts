import type {
  Finding,
  SourceStatus,
} from '@external-services/backstage-plugin-external-services-common';
import type { ExternalServicesConfig } from '../config/ExternalServicesConfig';
import { SourceStore } from '../database/SourceStore';
import { repositoryStaleMs } from '../sources/repository/repositoryStaleMs';
import type { RepositoryStatus } from '../sources/repository/RepositoryStatus';
import type { RepositoryObservation } from './EntityObservations';

/**
 * Milliseconds as ISO 8601.
 *
 * @internal
 */
export function isoTime(milliseconds: number): string {
  return new Date(milliseconds).toISOString();
}

/**
 * The id of a repository in an answer.
 *
 * @internal
 */
export function sourceIdOf({ interest }: RepositoryObservation): string {
  return interest.root
    ? SourceStore.idOf('repository', interest.root)
    : `problem:${interest.title}`;
}

/**
 * The state of one repository in words for a person.
 *
 * @internal
 */
export function sourceStatus(observation: RepositoryObservation): SourceStatus {
  const { interest, source, files, missing } = observation;
  const status = source?.status as RepositoryStatus | undefined;
  const error = interest.problem?.message ?? status?.error;
  const read = source?.checkedAt === undefined ? 'pending' : 'ok';
  return {
    id: sourceIdOf(observation),
    kind: 'repository',
    title: interest.title,
    ...(interest.root && { url: interest.root }),
    status: error ? 'failed' : read,
    ...(error && { error }),
    ...(source?.seenAt && { seenAt: isoTime(source.seenAt) }),
    ...(source?.checkedAt && { attemptedAt: isoTime(source.checkedAt) }),
    repository: {
      mode: interest.mode,
      host: interest.host,
      ...(interest.branch && { branch: interest.branch }),
      patterns: interest.patterns.map(({ written }) => written),
      // What was not read yet is not missing.
      missing: source?.seenAt === undefined ? [] : missing,
      files: files.map(({ path }) => path),
    },
  };
}

/**
 * From when on what was read of a repository is older than it should be.
 *
 * @internal
 */
export function repositoryStaleAt(
  { source }: RepositoryObservation,
  config: Pick<ExternalServicesConfig, 'repositories'>,
): string | undefined {
  return source?.seenAt === undefined
    ? undefined
    : isoTime(source.seenAt + repositoryStaleMs(config));
}

/**
 * Says so when a cap kept files of a repository from being read.
 *
 * @internal
 */
export function capFindings(
  { interest, source }: RepositoryObservation,
  { repositories }: Pick<ExternalServicesConfig, 'repositories'>,
): Finding[] {
  const status = source?.status as RepositoryStatus | undefined;
  if (!status?.capped) {
    return [];
  }
  if (status.capped === 'patterns') {
    return [
      {
        code: 'repository-capped',
        severity: 'warning',
        path: '',
        message: `The patterns for files of ${interest.title} take too much work to match; some files are missing here.`,
        hint: 'Write folders or file names in the annotation instead of patterns with many * and braces.',
      },
    ];
  }
  if (status.capped === 'names') {
    return [
      {
        code: 'repository-capped',
        severity: 'warning',
        path: '',
        message: `Only the first 1,000 DNS names of ${interest.title} are looked up; the others are not checked.`,
        hint: 'Take out what is no longer needed, or spread the files over several repositories.',
      },
    ];
  }
  if (status.capped === 'paths') {
    return [
      {
        code: 'repository-capped',
        severity: 'warning',
        path: '',
        message: `Files of ${interest.title} whose paths have more than 1,000 bytes are not read; some are missing here.`,
        hint: 'Give them shorter names, or move them to a folder nearer to the root.',
      },
    ];
  }
  const [key, cap] =
    status.capped === 'files'
      ? ['maxFiles', `${repositories.maxFiles} files`]
      : ['maxBytes', `${repositories.maxBytes} bytes`];
  return [
    {
      code: 'repository-capped',
      severity: 'warning',
      path: '',
      message: `Only ${cap} of ${interest.title} are read; some files are missing here.`,
      hint: `Name fewer files in the annotation, or raise externalServices.repositories.${key}.`,
    },
  ];
}
