import {
  STATE_CODES,
  type MappingsResponse,
  type SourceStatus,
} from '@external-services/backstage-plugin-external-services-common';
import { RequestFailure } from '../api/RequestFailure';
import {
  clusterLine,
  clusterSource,
  driftedLine,
  undeclaredLine,
} from './clusters';
import { mappingInState } from './mappingInState';
import {
  ago,
  emptyResponse,
  mapping,
  repository,
  response,
  unresolvedLine,
} from './mappings';
import {
  awkwardServices,
  externalApi,
  invalidMapping,
  partnerApi,
  twelveServices,
} from './services';

/** One state of the card: what the backend answers. */
export interface Story {
  title: string;
  /** Undefined: no answer ever comes. */
  answer?: () => MappingsResponse;
  failure?: RequestFailure;
}

/** A repository, and what was found where somebody looked. */
function read(found: Partial<SourceStatus['repository']>) {
  return repository({
    repository: {
      mode: 'annotation',
      host: 'example.org',
      branch: 'main',
      patterns: [],
      missing: [],
      files: [],
      ...found,
    },
  });
}

/** Answers that turn a healthy service into the worst one, and back. */
function changing() {
  let count = 0;
  return () => {
    count += 1;
    return response({
      items:
        count % 2 === 1
          ? [externalApi(), mapping()]
          : [mapping({ lines: [unresolvedLine()] }), externalApi()],
    });
  };
}

/** Every state of the card by its name; the inventory for eyes and tests. */
export const STORIES: Record<string, Story> = {
  one: { title: 'One service', answer: () => response() },
  three: {
    title: 'Three services, the worst first',
    answer: () => response({ items: [partnerApi(), externalApi(), mapping()] }),
  },
  twelve: {
    title: 'Twelve services',
    answer: () => response({ items: twelveServices() }),
  },
  many: {
    title: 'Six environments, a long name, an international name, IPv6',
    answer: () =>
      response({
        items: awkwardServices(),
      }),
  },
  ...Object.fromEntries(
    STATE_CODES.map(state => [
      `state-${state}`,
      {
        title: `State ${state}`,
        answer: () => response({ items: [mappingInState(state)] }),
      },
    ]),
  ),
  changing: {
    title: 'Another order at every check',
    answer: changing(),
  },
  wrong: {
    title: 'Wrong in three ways',
    answer: () => response({ items: [invalidMapping()] }),
  },
  stale: {
    title: 'Stale: green turns neutral, a problem stays',
    answer: () =>
      response({
        seenAt: ago(31 * 60),
        items: [
          mapping({
            name: 'partner-api',
            lines: [unresolvedLine({ stale: true, seenAt: ago(31 * 60) })],
          }),
          mappingInState('in-sync', { stale: true, seenAt: ago(31 * 60) }),
        ],
      }),
  },
  clusters: {
    title: 'Clusters: agreement, a difference, one that is silent',
    answer: () =>
      response({
        items: [
          mapping({ name: 'external-api', lines: [driftedLine()] }),
          mapping({ lines: [clusterLine()] }),
          mapping({ name: 'legacy-db', lines: [undeclaredLine()] }),
        ],
        sources: [
          repository(),
          clusterSource(),
          clusterSource({
            title: 'prod-us',
            status: 'failed',
            failure: 'unreachable',
            seenAt: ago(31 * 60),
          }),
        ],
      }),
  },
  loading: { title: 'Loading' },
  'not-set-up': {
    title: 'Not set up',
    answer: () =>
      emptyResponse(
        read({
          mode: 'conventional',
          patterns: ['external-services/**/*.yaml'],
        }),
      ),
  },
  undeclared: {
    title: 'Runs, no annotation',
    answer: () =>
      response({
        items: [
          { ...mappingInState('undeclared'), id: 'a', name: 'legacy-db' },
          { ...mappingInState('undeclared'), id: 'b', name: 'legacy-mail' },
        ],
        sources: [read({ mode: 'conventional', branch: undefined })],
      }),
  },
  'files-not-found': {
    title: 'The files were not found',
    answer: () =>
      emptyResponse(
        read({
          patterns: ['deploy/external/*.yaml'],
          missing: ['deploy/external/*.yaml'],
        }),
      ),
  },
  'some-files-not-found': {
    title: 'Some files were not found',
    answer: () =>
      response({
        sources: [
          read({
            patterns: ['deploy/*.yaml', 'old/*.yaml'],
            missing: ['old/*.yaml'],
            files: ['deploy/db.yaml'],
          }),
        ],
      }),
  },
  'nothing-external': {
    title: 'No external service in these files',
    answer: () =>
      emptyResponse(
        read({
          patterns: ['deploy/*.yaml'],
          files: ['deploy/deployment.yaml', 'deploy/service.yaml'],
        }),
      ),
  },
  'no-permission': {
    title: 'No permission',
    failure: new RequestFailure('forbidden', { status: 403 }),
  },
  'portal-failure': {
    title: 'Portal failure',
    failure: new RequestFailure('unreachable', {
      message: 'TypeError: Failed to fetch',
    }),
  },
  'repository-unreadable': {
    title: 'Repository unreadable',
    answer: () =>
      response({
        sources: [
          repository({
            status: 'failed',
            error: '403, the token has expired',
            seenAt: ago(31 * 60),
          }),
        ],
      }),
  },
  'partial-failure': {
    title: 'Partial failure',
    answer: () =>
      response({
        items: [partnerApi(), mapping()],
        sources: [
          repository(),
          {
            id: 'prod-eu',
            kind: 'cluster',
            title: 'prod-eu',
            status: 'ok',
            seenAt: ago(8),
          },
          {
            id: 'prod-us',
            kind: 'cluster',
            title: 'prod-us',
            status: 'failed',
            error: 'certificate expired',
            seenAt: ago(3600),
          },
          {
            id: 'dns',
            kind: 'dns',
            title: 'the portal',
            status: 'ok',
            seenAt: ago(9),
          },
        ],
      }),
  },
  'broken-file': {
    title: 'A file that cannot be read',
    answer: () =>
      response({
        findings: [
          {
            code: 'invalid-yaml',
            severity: 'error',
            path: '',
            message: 'The file is no valid YAML: unexpected end of the stream.',
            file: 'external-services/broken.yaml',
            position: { line: 12, column: 1 },
          },
        ],
      }),
  },
};
