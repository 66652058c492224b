import {
  diffExternalServices,
  isDnsTarget,
  leadsIntoCluster,
  type LineCluster,
} from '@external-services/backstage-plugin-external-services-common';
import { SourceStore } from '../database/SourceStore';
import { clusterKnowledge, type KnowledgeOf } from './clusterKnowledge';
import { compareLive, isOfAnother } from './compareLive';
import { placesOf, type Place, serviceKey } from './liveQuery';
import { type LiveService, readLiveServices } from './LiveService';
import type { JoinContext } from './JoinContext';
import type { DeclaredMapping } from './DeclaredMapping';
import type { EntityObservations } from './EntityObservations';
import { isoTime } from './sourceStatus';
import { undeclaredGrace } from './undeclaredGrace';

/**
 * What runs in clusters and is declared nowhere: one service in the clusters of
 * one environment.
 *
 * @internal
 */
export interface UndeclaredService {
  /** Name of the environment. */
  environment?: string;
  /** In the order of the clusters; at least one. */
  found: { live: LiveService; cluster: LineCluster }[];
}

/**
 * What clusters run, beside what is declared.
 *
 * @internal
 */
export interface LiveJoin {
  /** Undefined where no cluster is compared. */
  clustersOf(mapping: DeclaredMapping): JoinedCluster[] | undefined;
  undeclared: UndeclaredService[];
  knowledgeOf: KnowledgeOf;
}

/**
 * What one cluster does with a line, and what it runs.
 *
 * @internal
 */
export interface JoinedCluster {
  cluster: LineCluster;
  live?: LiveService;
}

interface Slot {
  mapping: DeclaredMapping;
  place: Place;
  identity: string;
  found: LiveService[];
}

/** How a live service is found, the surest way first. */
const PASSES: {
  by(of: Pick<LiveService, 'id' | 'service'>): string | undefined;
  fits(slot: Slot, live: LiveService): boolean;
}[] = [
  { by: ({ id }) => id, fits: isInPlace },
  {
    by: ({ service }) => service.name,
    fits: (slot, live) =>
      isInPlace(slot, live) &&
      (slot.place.namespace !== undefined || live.identified),
  },
  { by: ({ id }) => id, fits: () => true },
];

/**
 * Finds for each declared mapping what the clusters of its environment run: by
 * identity, then by name; what is left over is declared nowhere. Each live
 * service belongs to one mapping at most.
 *
 * @internal
 */
export function joinLive(
  declared: DeclaredMapping[],
  observations: EntityObservations,
  { config, now }: JoinContext,
): LiveJoin {
  const { entity } = observations;
  const knowledgeOf = clusterKnowledge(observations.clusters, config, now);
  const { services, orphans } = readLiveServices(
    observations.live,
    entity,
    config,
  );
  const slots = declared.flatMap(mapping =>
    placesOf(mapping.service, config).map(place => ({
      mapping,
      place,
      identity: identityOf(mapping, entity.entityRef),
      found: [] as LiveService[],
    })),
  );
  const taken = new Set<LiveService>();
  for (const { by, fits } of PASSES) {
    const candidates = indexBy(services, by);
    for (const slot of slots.filter(({ found }) => found.length === 0)) {
      const { place, identity, mapping } = slot;
      const wanted = by({ id: identity, service: mapping.service });
      const fitting = (candidates.get(wanted) ?? []).filter(
        live =>
          live.cluster === place.cluster &&
          !taken.has(live) &&
          sameEnvironment(slot, live) &&
          fits(slot, live),
      );
      // What nobody places can be in several namespaces at once.
      const all = place.namespace === undefined;
      slot.found = all ? fitting : fitting.slice(0, 1);
      slot.found.forEach(live => taken.add(live));
    }
  }
  const slotsOf = indexBy(slots, ({ mapping }) => mapping);
  const orphansAt = ({ mapping, place }: Slot) =>
    orphans.get(
      serviceKey(
        SourceStore.idOf('cluster', place.cluster),
        place.namespace,
        mapping.service.name,
      ),
    ) ?? [];
  const compareSlot = (slot: Slot): JoinedCluster[] => {
    const { cluster, namespace } = slot.place;
    const about = {
      ...slot,
      entity,
      graceMs: config.clusterSource.graceMs,
      now,
    };
    const lives = slot.found.length > 0 ? slot.found : [undefined];
    return lives.map(live => ({
      cluster: compareLive({
        ...about,
        live,
        knowledge: knowledgeOf(cluster, live?.service.namespace ?? namespace)!,
        orphans: live ? [] : orphansAt(slot),
      }),
      // What runs differently elsewhere would tell its values as well.
      ...(live && !isOfAnother(live, entity.entityRef) && { live }),
    }));
  };
  return {
    clustersOf: mapping => slotsOf.get(mapping)?.flatMap(compareSlot),
    undeclared: groupUndeclared(
      services.filter(
        service =>
          !taken.has(service) &&
          service.identified &&
          !isOfAnother(service, entity.entityRef) &&
          service.selector === '' &&
          !isAliasInside(service, config.clusterDomain),
      ),
      knowledgeOf,
      config,
      live => undeclaredGrace(live, observations, { config, now }),
    ),
    knowledgeOf,
  };
}

function isInPlace({ place }: Slot, { service }: LiveService): boolean {
  return place.namespace === undefined || place.namespace === service.namespace;
}

function sameEnvironment({ mapping }: Slot, { service }: LiveService): boolean {
  const { environment } = mapping.service;
  return (
    environment === undefined ||
    service.environment === undefined ||
    service.environment === environment
  );
}

/** A file may claim any identity; only that of its own entity counts. */
function identityOf(
  { id, service }: DeclaredMapping,
  entityRef: string,
): string {
  return id?.startsWith(`${entityRef}#`) ? id : `${entityRef}#${service.name}`;
}

function isAliasInside(
  { service: { target } }: LiveService,
  clusterDomain: string,
): boolean {
  return isDnsTarget(target) && leadsIntoCluster(target.dnsName, clusterDomain);
}

function groupUndeclared(
  services: LiveService[],
  knowledgeOf: KnowledgeOf,
  config: JoinContext['config'],
  graceOf: (
    live: LiveService,
  ) => Pick<LineCluster, 'rollingOutUntil' | 'since'>,
): UndeclaredService[] {
  const order = config.clusters.map(({ name }) => name);
  const sorted = services
    .filter(({ cluster }) => order.includes(cluster))
    .sort((a, b) => order.indexOf(a.cluster) - order.indexOf(b.cluster));
  const groups = indexBy(sorted, service =>
    JSON.stringify([
      environmentOf(service, config),
      service.service.namespace,
      service.service.name,
    ]),
  );
  return [...groups.values()].map(group => ({
    environment: environmentOf(group[0], config),
    found: group.map(live => {
      const {
        config: cluster,
        seenAt,
        stale,
        silence,
      } = knowledgeOf(live.cluster, live.service.namespace)!;
      return {
        live,
        cluster: {
          name: cluster.name,
          title: cluster.title,
          namespace: live.service.namespace,
          sync: 'undeclared' as const,
          differences: diffExternalServices(group[0].service, live.service),
          reasons: [],
          since: isoTime(live.changedAt),
          ...graceOf(live),
          ...(seenAt && { seenAt }),
          ...(stale && silence && { silence }),
          stale,
        },
      };
    }),
  }));
}

/** The environment of a live service: its cluster, else its label, else its namespace. */
function environmentOf(
  { cluster, service }: LiveService,
  { environments }: Pick<JoinContext['config'], 'environments'>,
): string | undefined {
  const own = environments.filter(({ clusters }) => clusters.includes(cluster));
  const [chosen] = [
    ...own.filter(({ name }) => name === service.environment),
    ...own.filter(({ namespace }) => namespace === service.namespace),
    ...own,
  ];
  return chosen?.name ?? service.environment;
}

function indexBy<T, K>(items: T[], keyOf: (item: T) => K): Map<K, T[]> {
  const index = new Map<K, T[]>();
  for (const item of items) {
    const list = index.get(keyOf(item));
    if (list) {
      list.push(item);
    } else {
      index.set(keyOf(item), [item]);
    }
  }
  return index;
}
