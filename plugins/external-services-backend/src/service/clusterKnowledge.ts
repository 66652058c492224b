import type {
  ClusterSilence,
  SourceStatus,
} from '@external-services/backstage-plugin-external-services-common';
import { readCursor } from '../cluster/ClusterCursor';
import type { ClusterStatus, StreamStatus } from '../cluster/ClusterStatus';
import type {
  ClusterConfig,
  ExternalServicesConfig,
} from '../config/ExternalServicesConfig';
import type { SourceRow } from '../database/SourceRow';
import { SourceStore } from '../database/SourceStore';
import { isoTime } from './sourceStatus';

/**
 * How much is known of a cluster, and how well.
 *
 * @internal
 */
export interface ClusterKnowledge {
  config: ClusterConfig;
  /** True when its Services were listed, so that what is missing is missing. */
  listed: boolean;
  /** True when its slices are known as well. */
  addresses: 'known' | 'unknown' | 'stale';
  /** Why they are unknown. */
  unaddressed?: 'pending' | 'addresses-unknown';
  /** Nothing of them is kept. */
  ignoreNamespaces: string[];
  /** ISO 8601. */
  seenAt?: string;
  stale: boolean;
  silence?: ClusterSilence;
}

/**
 * What can be said about a cluster from the row of its source.
 *
 * @internal
 */
export function clusterKnowledge(
  config: ClusterConfig,
  row: SourceRow | undefined,
  settings: Pick<ExternalServicesConfig, 'clusterSource'>,
  now: number,
): ClusterKnowledge {
  const status = row?.status as ClusterStatus | undefined;
  const seenAt = row?.seenAt;
  const stale =
    seenAt !== undefined && now - seenAt >= settings.clusterSource.staleAfterMs;
  const addresses = isListed('endpointslices', row, config, settings)
    ? addressesOf(status?.endpointSlices)
    : 'unknown';
  return {
    config,
    ignoreNamespaces: settings.clusterSource.ignoreNamespaces,
    listed: isListed('services', row, config, settings),
    addresses,
    ...(addresses === 'unknown' && {
      unaddressed:
        status?.endpointSlices.state === 'failed'
          ? 'addresses-unknown'
          : 'pending',
    }),
    ...(seenAt !== undefined && { seenAt: isoTime(seenAt) }),
    stale: stale || status?.services.state === 'failed',
    ...silenceOf(config, status, stale),
  };
}

/** Slices that may not be read any more could be years old. */
function addressesOf(slices?: StreamStatus): ClusterKnowledge['addresses'] {
  if (slices?.failure?.code === 'forbidden') {
    return 'unknown';
  }
  return slices?.state === 'failed' ? 'stale' : 'known';
}

/** Whoever has a place to go on from has seen everything up to there. */
function isListed(
  resource: 'services' | 'endpointslices',
  row: SourceRow | undefined,
  config: ClusterConfig,
  { clusterSource }: Pick<ExternalServicesConfig, 'clusterSource'>,
): boolean {
  const { streams } = readCursor(row?.cursor, config, clusterSource);
  return (config.namespaces ?? ['']).every(
    namespace => streams[`${resource}/${namespace}`] !== undefined,
  );
}

function silenceOf(
  { access }: ClusterConfig,
  status: ClusterStatus | undefined,
  stale: boolean,
): { silence?: ClusterSilence } {
  if (access.kind === 'not-collectable') {
    return { silence: 'not-collectable' };
  }
  const failure = status?.services.failure;
  if (failure) {
    return { silence: failure.code };
  }
  if (!status) {
    return { silence: 'pending' };
  }
  return stale ? { silence: 'timeout' } : {};
}

const IN_WORDS: Record<ClusterSilence, string> = {
  pending: 'It is being read for the first time',
  'not-collectable': 'The portal has no credentials of its own for it',
  'namespace-not-watched': 'The portal may not look into the namespace',
  'namespace-unknown': 'Nothing says in which namespace to look',
  'namespace-not-bound': 'The namespace is not that of the environment',
  'addresses-unknown': 'The portal may not read its EndpointSlices',
  unauthorised: 'It does not accept the credentials of the portal',
  forbidden: 'It does not let the portal read Services',
  unreachable: 'It cannot be reached',
  certificate: 'Its certificate is not accepted',
  timeout: 'It does not answer in time',
  server: 'It answers with an error',
};

/**
 * A cluster as a source of an answer. Which host it is and what it answered in
 * full is for those who may read about clusters.
 *
 * @internal
 */
export function clusterSourceStatus(knowledge: ClusterKnowledge): SourceStatus {
  const { config, listed, stale, silence, seenAt, unaddressed } = knowledge;
  const failed = stale || (silence !== undefined && silence !== 'pending');
  const pending = !listed ? 'pending' : 'ok';
  const error = failed ? silence ?? 'timeout' : undefined;
  const unreadable =
    listed && silence === undefined && unaddressed !== 'pending'
      ? unaddressed
      : undefined;
  const said = error ?? unreadable;
  return {
    id: SourceStore.idOf('cluster', config.name),
    kind: 'cluster',
    title: config.title,
    status: failed ? 'failed' : pending,
    ...(said && { error: IN_WORDS[said], failure: said }),
    ...(seenAt && { seenAt }),
  };
}
