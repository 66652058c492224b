import type { LineCluster } from '@external-services/backstage-plugin-external-services-common';
import type { LiveService } from './LiveService';
import type { JoinContext } from './JoinContext';
import type { EntityObservations } from './EntityObservations';
import { isoTime } from './sourceStatus';

/**
 * How long it is no problem that a cluster runs what no file declares: it has time
 * to follow a change that took the name out; and what was made since the repository
 * was last read may be declared there.
 *
 * @internal
 */
export function undeclaredGrace(
  live: Pick<LiveService, 'changedAt' | 'service' | 'objects'>,
  { repositories }: Pick<EntityObservations, 'repositories'>,
  context: {
    config: Pick<JoinContext['config'], 'clusterSource'>;
    now: number;
  },
): Pick<LineCluster, 'rollingOutUntil' | 'since'> {
  const removed = repositories.flatMap(
    one => one.removed?.get(live.service.name) ?? [],
  );
  const made = madeAt(live);
  const isUnread = repositories.some(
    ({ interest, source }) => interest.root && made > (source?.seenAt ?? 0),
  );
  const since = Math.max(...removed, isUnread ? made : -Infinity);
  const until = since + context.config.clusterSource.graceMs;
  return context.now < until
    ? { rollingOutUntil: isoTime(until), since: isoTime(since) }
    : {};
}

/** When its Service was made, which cannot be after it was seen. */
function madeAt({
  changedAt,
  objects,
}: Pick<LiveService, 'changedAt' | 'objects'>): number {
  const service = objects.find(({ manifest }) => manifest.kind === 'Service');
  const { creationTimestamp } = (service?.manifest.metadata ?? {}) as {
    creationTimestamp?: unknown;
  };
  const time = Date.parse(String(creationTimestamp));
  return Number.isNaN(time) ? -Infinity : Math.min(time, changedAt);
}
