import type {
  ClusterSilence,
  SourceStatus,
} from '@external-services/backstage-plugin-external-services-common';
import { readCursor } from '../sources/cluster/ClusterCursor';
import type {
  ClusterStatus,
  StreamsStatus,
  StreamStatus,
} from '../sources/cluster/ClusterStatus';
import type {
  ClusterConfig,
  ExternalServicesConfig,
} from '../config/ExternalServicesConfig';
import type { SourceRow } from '../database/SourceRow';
import { SourceStore } from '../database/SourceStore';
import { memoise } from '../memoise';
import { isoTime } from './sourceStatus';

/**
 * How much is known of a cluster, or of one of its namespaces, and how well.
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
 * Tells what is known of a cluster; of a namespace, where it is watched on its
 * own, since a Role may be missing in another one. Undefined for a cluster that
 * is not configured.
 *
 * @internal
 */
export type KnowledgeOf = (
  cluster: string,
  namespace?: string,
) => ClusterKnowledge | undefined;

/**
 * What can be said about clusters from the rows of their sources.
 *
 * @param rows - by the name of the cluster
 * @internal
 */
export function clusterKnowledge(
  rows: Map<string, SourceRow>,
  settings: Pick<ExternalServicesConfig, 'clusters' | 'clusterSource'>,
  now: number,
): KnowledgeOf {
  const clusters = new Map(settings.clusters.map(one => [one.name, one]));
  const known = memoise((config: ClusterConfig, namespace?: string) =>
    knowledgeOf(config, namespace, rows.get(config.name), settings, now),
  );
  return (name, namespace) => {
    const config = clusters.get(name);
    return (
      config &&
      known(
        config,
        config.namespaces?.find(one => one === namespace),
      )
    );
  };
}

function knowledgeOf(
  config: ClusterConfig,
  namespace: string | undefined,
  row: SourceRow | undefined,
  settings: Pick<ExternalServicesConfig, 'clusterSource'>,
  now: number,
): ClusterKnowledge {
  const whole = row?.status as ClusterStatus | undefined;
  const part =
    namespace === undefined ? undefined : whole?.namespaces?.[namespace];
  const status = part ?? whole;
  const seenAt = part ? part.seenAt : timeOf(row?.seenAt);
  const stale =
    seenAt !== undefined &&
    now - Date.parse(seenAt) >= settings.clusterSource.staleAfterMs;
  const wanted =
    namespace === undefined ? config.namespaces ?? [''] : [namespace];
  const { streams } = readCursor(row?.cursor, config, settings.clusterSource);
  // Whoever has a place to go on from has seen everything up to there.
  const isListed = (resource: 'services' | 'endpointslices') =>
    wanted.every(one => streams[`${resource}/${one}`] !== undefined);
  const addresses = isListed('endpointslices')
    ? addressesOf(status?.endpointSlices)
    : 'unknown';
  return {
    config,
    ignoreNamespaces: settings.clusterSource.ignoreNamespaces,
    listed: isListed('services'),
    addresses,
    ...(addresses === 'unknown' && {
      unaddressed:
        status?.endpointSlices.state === 'failed'
          ? 'addresses-unknown'
          : 'pending',
    }),
    ...(seenAt && { seenAt }),
    // What was never read cannot be old.
    stale:
      seenAt !== undefined && (stale || status?.services.state === 'failed'),
    ...silenceOf(config, status, stale),
  };
}

function timeOf(milliseconds: number | undefined): string | undefined {
  return milliseconds === undefined ? undefined : isoTime(milliseconds);
}

/** Slices that may not be read any more could be years old. */
function addressesOf(slices?: StreamStatus): ClusterKnowledge['addresses'] {
  if (slices?.failure?.code === 'forbidden') {
    return 'unknown';
  }
  return slices?.state === 'failed' ? 'stale' : 'known';
}

function silenceOf(
  { access }: ClusterConfig,
  status: StreamsStatus | undefined,
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

const idOf = memoise(({ name }: ClusterConfig) =>
  SourceStore.idOf('cluster', name),
);

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
    id: idOf(config),
    kind: 'cluster',
    title: config.title,
    status: failed ? 'failed' : pending,
    ...(said && { error: IN_WORDS[said], failure: said }),
    ...(seenAt && { seenAt }),
  };
}
