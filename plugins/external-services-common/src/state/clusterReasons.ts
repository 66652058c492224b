import type { LineCluster } from '../api/LineCluster';
import type { FlatExternalService } from '../model/ExternalService';
import type { StateReason } from './DerivedState';
import type { LineEvidence } from './LineEvidence';

/** What is wrong in the clusters of a line, in the order of the states. */
export function clusterProblems(evidence: LineEvidence): StateReason[] {
  const { clusters = [], service } = evidence;
  return [
    ...notApplied(clusters.filter(missing), service),
    ...drifted(clusters.filter(differing)),
    ...undeclared(clusters.filter(unwanted)),
  ];
}

/** What a change of the declaration explains for now. */
export function rollingOut({ clusters = [] }: LineEvidence): StateReason[] {
  const [rolling] = clusters.filter(isRollingOut);
  return rolling
    ? [
        {
          state: 'rolling-out',
          params: {
            cluster: rolling.title,
            until: rolling.rollingOutUntil ?? '',
            ...(rolling.since && { mergedAt: rolling.since }),
          },
        },
      ]
    : [];
}

/** True when nothing is known of what a cluster runs. */
export function isSilent({ sync }: LineCluster): boolean {
  return sync === 'unknown';
}

/** True while the difference is explained by a change of the declaration. */
export function isRollingOut(cluster: LineCluster): boolean {
  return cluster.rollingOutUntil !== undefined;
}

/** True when a cluster does not have the mapping, and should by now. */
export function missing(cluster: LineCluster): boolean {
  return cluster.sync === 'notApplied' && !isRollingOut(cluster);
}

/** True when a cluster runs something else, and should not by now. */
export function differing(cluster: LineCluster): boolean {
  return cluster.sync === 'drifted' && !isRollingOut(cluster);
}

/** True when a cluster runs what no file declares, and should not by now. */
export function unwanted(cluster: LineCluster): boolean {
  return cluster.sync === 'undeclared' && !isRollingOut(cluster);
}

/** True when clusters run different versions of what no file declares, and this is not the first. */
export function differsFromOthers({ sync, differences }: LineCluster): boolean {
  return sync === 'undeclared' && differences.length > 0;
}

/** True when a cluster runs some version of the mapping. */
export function runs({ sync }: LineCluster): boolean {
  return sync === 'inSync' || sync === 'drifted';
}

function notApplied(
  clusters: LineCluster[],
  { name }: FlatExternalService,
): StateReason[] {
  return clusters.length === 0
    ? []
    : [
        {
          state: 'not-applied',
          ...likely(clusters[0]),
          params: { cluster: clusters[0].title, count: clusters.length, name },
        },
      ];
}

function drifted(clusters: LineCluster[]): StateReason[] {
  if (clusters.length === 0) {
    return [];
  }
  const [{ title, differences }] = clusters;
  const [first] = differences;
  return [
    {
      state: 'drifted',
      ...likely(clusters[0]),
      params: {
        cluster: title,
        count: clusters.length,
        ...(first && { ...first }),
      },
    },
  ];
}

function undeclared(clusters: LineCluster[]): StateReason[] {
  if (clusters.length === 0) {
    return [];
  }
  const [first] = clusters;
  const other = clusters.find(differsFromOthers);
  return [
    ...(other
      ? [
          {
            state: 'drifted' as const,
            code: 'clusters-differ',
            params: {
              cluster: other.title,
              other: first.title,
              ...other.differences[0],
            },
          },
        ]
      : []),
    {
      state: 'undeclared',
      params: { cluster: first.title, count: clusters.length },
    },
  ];
}

function likely({ reasons }: LineCluster): Pick<StateReason, 'code'> {
  return reasons.length > 0 ? { code: reasons[0] } : {};
}
