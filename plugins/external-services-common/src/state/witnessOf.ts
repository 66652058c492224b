import type { LineCluster } from '../api/LineCluster';
import {
  differing,
  differsFromOthers,
  isRollingOut,
  isSilent,
  missing,
  runs,
  unwanted,
} from './clusterReasons';
import type { DerivedState } from './DerivedState';
import type { LineEvidence } from './LineEvidence';
import type { StateCode } from './StateCode';

/** States that clusters tell, and which of them do. */
/** @internal */
export const CLUSTER_STATES: Partial<
  Record<StateCode, (cluster: LineCluster) => boolean>
> = {
  'not-applied': missing,
  drifted: cluster => differing(cluster) || differsFromOthers(cluster),
  undeclared: unwanted,
  unknown: isSilent,
  'rolling-out': isRollingOut,
  'in-sync': runs,
};

/**
 * The source that saw what a state says, and when. Titles of several clusters are one text.
 *
 * @public
 */
export function witnessOf(
  state: StateCode,
  {
    repository,
    resolution,
    clusters = [],
  }: Pick<LineEvidence, 'repository' | 'resolution' | 'clusters'>,
): Pick<DerivedState, 'since' | 'seenFrom' | 'seenAt'> {
  const told = CLUSTER_STATES[state];
  if (told && clusters.length > 0) {
    const concerned = clusters.filter(told);
    const [seenAt] = concerned.flatMap(cluster => cluster.seenAt ?? []).sort();
    return {
      since: concerned[0]?.since,
      seenFrom: concerned.map(({ title }) => title).join(', '),
      seenAt,
    };
  }
  if (['unresolved', 'resolves', 'unknown'].includes(state)) {
    return {
      since: state === 'unresolved' ? resolution.since : undefined,
      seenFrom: resolution.viewpoint,
      seenAt: resolution.checkedAt,
    };
  }
  return { seenFrom: repository?.title, seenAt: repository?.seenAt };
}
