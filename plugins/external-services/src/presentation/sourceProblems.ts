import type {
  MappingsResponse,
  SourceStatus,
} from '@external-services/backstage-plugin-external-services-common';
import { repositoryOf } from './lines';

/** What is wrong with the sources of an answer. */
export interface SourceProblems {
  failed: SourceStatus[];
  /** Services run, but the entity names no files. */
  undeclared: boolean;
  /** Some files of the annotation are not there, others are. */
  missing?: NonNullable<SourceStatus['repository']>;
}

/** What is wrong with the sources of an answer. */
export function sourceProblems(data: MappingsResponse): SourceProblems {
  const { sources, items } = data;
  const repository = repositoryOf(sources)?.repository;
  return {
    failed: sources.filter(({ status }) => status === 'failed'),
    undeclared:
      repository?.mode !== 'annotation' &&
      items.length > 0 &&
      items.every(({ state }) => state === 'undeclared'),
    missing:
      repository?.mode === 'annotation' &&
      repository.missing.length > 0 &&
      items.length > 0
        ? repository
        : undefined,
  };
}

/** True when something is wrong with the sources. */
export function hasSourceProblems(data: MappingsResponse): boolean {
  const { failed, undeclared, missing } = sourceProblems(data);
  return failed.length > 0 || undeclared || missing !== undefined;
}
