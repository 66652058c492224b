import {
  type ClusterSilence,
  collectExternalServices,
  type Difference,
  diffExternalServices,
  driftReasons,
  type FlatExternalService,
  isDnsTarget,
  type LineCluster,
  type ManifestObject,
} from '@external-services/backstage-plugin-external-services-common';
import type { ObservedEntity } from '../sources/catalog/ObservedEntity';
import { memoise } from '../memoise';
import type { ClusterKnowledge } from './clusterKnowledge';
import type { DeclaredMapping } from './DeclaredMapping';
import type { Place } from './liveQuery';
import type { LiveService } from './LiveService';
import { isoTime } from './sourceStatus';

/**
 * One declared mapping in one place.
 *
 * @internal
 */
export interface Comparison {
  mapping: DeclaredMapping;
  place: Place;
  entity: ObservedEntity;
  knowledge: ClusterKnowledge;
  /** What runs there. Default: nothing was found. */
  live?: LiveService;
  /** Slices that name the Service while it is not there. */
  orphans: ManifestObject[];
  /** Milliseconds that a cluster has to follow a change. */
  graceMs: number;
  /** Milliseconds. */
  now: number;
}

/**
 * What one cluster does with one declared mapping.
 *
 * @internal
 */
export function compareLive(comparison: Comparison): LineCluster {
  const { knowledge, place, live } = comparison;
  const { config, seenAt, stale, silence } = knowledge;
  const namespace = live?.service.namespace ?? place.namespace;
  const found = live ? compare(comparison, live) : absence(comparison);
  const old = Boolean(
    stale || (found.addresses && knowledge.addresses === 'stale'),
  );
  const told: Told =
    old && isOutrun(found, comparison) ? { sync: 'unknown' } : found;
  const why = told.silence ?? (old ? silence ?? 'timeout' : undefined);
  return {
    name: config.name,
    title: config.title,
    ...(namespace && { namespace }),
    sync: told.sync,
    differences: told.differences ?? [],
    reasons: told.reasons ?? [],
    ...(why && { silence: why }),
    ...timesOf(told.sync, comparison),
    ...(seenAt && { seenAt }),
    stale: old,
  };
}

interface Told extends Partial<Pick<LineCluster, 'differences' | 'reasons'>> {
  sync: LineCluster['sync'];
  silence?: ClusterSilence;
  /** True when it rests on slices. */
  addresses?: boolean;
}

/** Of all that is told, what depends on nothing but the two contents. */
const differ = memoise(
  (
    declared: FlatExternalService,
    declaredObjects: ManifestObject[],
    live: FlatExternalService,
    liveObjects: ManifestObject[],
    selector: string,
    namespace: string | undefined,
    entityRef: string,
    unseen: boolean,
  ): Required<Pick<Told, 'differences' | 'reasons'>> => {
    const differences: Difference[] = [
      ...diffExternalServices(
        {
          ...(unseen ? withoutSlices(declared, declaredObjects) : declared),
          namespace,
        },
        unseen ? withoutSlices(live, liveObjects) : live,
      ),
      ...(selector
        ? [{ field: 'selector' as const, declared: '', live: selector }]
        : []),
    ];
    const evidence = { declared: declaredObjects, live: liveObjects };
    return {
      differences,
      reasons:
        differences.length > 0
          ? driftReasons({ ...evidence, differences, entityRef })
          : [],
    };
  },
);

function compare(
  { mapping, place, entity, knowledge }: Comparison,
  live: LiveService,
): Told {
  if (isOfAnother(live, entity.entityRef)) {
    // Whose it is may read its values; who only declares its name may not guess them.
    return { sync: 'drifted', reasons: ['other-identity'] };
  }
  const fixed = !isDnsTarget(mapping.service.target);
  const unseen = fixed && knowledge.addresses === 'unknown';
  const { differences, reasons } = differ(
    mapping.service,
    mapping.objects,
    live.service,
    live.objects,
    live.selector,
    place.namespace,
    entity.entityRef,
    unseen,
  );
  if (differences.length > 0) {
    return { sync: 'drifted', differences, reasons, addresses: fixed };
  }
  return unseen
    ? { sync: 'unknown', silence: knowledge.unaddressed }
    : { sync: 'inSync', addresses: fixed };
}

/**
 * True for a Service that says itself that it belongs to another entity. Entities may
 * share a label or a name; the identity says which of them it is.
 *
 * @internal
 */
export function isOfAnother(
  { id }: Pick<LiveService, 'id'>,
  entityRef: string,
): boolean {
  return id !== undefined && !id.startsWith(`${entityRef}#`);
}

/** A service as its Service object alone tells it. */
function withoutSlices(
  service: FlatExternalService,
  objects: ManifestObject[],
): FlatExternalService {
  const services = objects.filter(
    ({ manifest }) => manifest.kind === 'Service',
  );
  const [alone = { service }] = collectExternalServices(services);
  return { ...alone.service, environment: service.environment };
}

/** Nothing was found: is it missing, or was it not to be seen? */
function absence({
  mapping,
  place,
  entity,
  knowledge,
  orphans,
}: Comparison): Told {
  const { listed, silence } = knowledge;
  if (place.namespace !== undefined && !isWatched(place.namespace, knowledge)) {
    return { sync: 'unknown', silence: 'namespace-not-watched' };
  }
  if (!listed) {
    return { sync: 'unknown', silence: silence ?? 'pending' };
  }
  if (!place.bound && !isFoundAnywhere(mapping, entity)) {
    return {
      sync: 'unknown',
      silence: place.namespace ? 'namespace-not-bound' : 'namespace-unknown',
    };
  }
  return {
    sync: 'notApplied',
    reasons: driftReasons({
      declared: mapping.objects,
      live: orphans,
      differences: [],
    }),
  };
}

/** Nothing is kept of other namespaces, so that nothing is missing there. */
function isWatched(
  namespace: string,
  { config: { namespaces }, ignoreNamespaces }: ClusterKnowledge,
): boolean {
  return (
    (namespaces?.includes(namespace) ?? true) &&
    !ignoreNamespaces.includes(namespace)
  );
}

/**
 * True when the cluster fell silent before it had to have followed a change of
 * the declaration: what it has done since, nobody knows.
 */
function isOutrun(
  { sync }: Told,
  { mapping: { changedAt }, knowledge, graceMs, now }: Comparison,
): boolean {
  if (
    changedAt === undefined ||
    (sync !== 'notApplied' && sync !== 'drifted')
  ) {
    return false;
  }
  const due = changedAt + graceMs;
  return due <= now && Date.parse(knowledge.seenAt ?? '') < due;
}

/** True when the file gives the Service what the entity's objects are found by. */
function isFoundAnywhere(
  { id, objects }: DeclaredMapping,
  { entityRef, kubernetesId }: ObservedEntity,
): boolean {
  const { labels } = (objects[0].manifest.metadata ?? {}) as {
    labels?: Record<string, unknown>;
  };
  return (
    Boolean(id?.startsWith(`${entityRef}#`)) ||
    (kubernetesId !== undefined &&
      labels?.['backstage.io/kubernetes-id'] === kubernetesId)
  );
}

/** Since when it is so; within the grace a change of the declaration explains it. */
function timesOf(
  sync: LineCluster['sync'],
  { mapping: { changedAt }, live, entity, graceMs, now }: Comparison,
): Pick<LineCluster, 'rollingOutUntil' | 'since'> {
  if (sync !== 'notApplied' && sync !== 'drifted') {
    return {};
  }
  if (changedAt !== undefined && now < changedAt + graceMs) {
    return {
      rollingOutUntil: isoTime(changedAt + graceMs),
      since: isoTime(changedAt),
    };
  }
  const own = live && !isOfAnother(live, entity.entityRef) ? live : undefined;
  const since = Math.max(changedAt ?? 0, own?.changedAt ?? 0);
  return since > 0 ? { since: isoTime(since) } : {};
}
