import type {
  LineCluster,
  MappingLine,
  StateCode,
} from '@external-services/backstage-plugin-external-services-common';

const DOCS =
  'https://github.com/external-services/backstage-external-services/blob/main/docs';

/** The page that explains a code. */
export function findingPage(code: string): string {
  return `${DOCS}/findings/${encodeURIComponent(code)}.md`;
}

/** The state that a line would have with this cluster alone, as far as clusters tell. */
export function stateOfCluster(cluster: LineCluster): StateCode {
  switch (cluster.sync) {
    case 'inSync':
      return 'in-sync';
    case 'undeclared':
      return cluster.rollingOutUntil ? 'rolling-out' : 'undeclared';
    case 'drifted':
      return cluster.rollingOutUntil ? 'rolling-out' : 'drifted';
    case 'notApplied':
      return cluster.rollingOutUntil ? 'rolling-out' : 'not-applied';
    default:
      return 'unknown';
  }
}

/** The clusters of a line when they do not all say the same, else none. */
export function disagreeingClusters({
  clusters = [],
}: MappingLine): LineCluster[] {
  const said = new Set(
    clusters.map(cluster => `${stateOfCluster(cluster)} ${cluster.stale}`),
  );
  return said.size > 1 ? clusters : [];
}

/** The clusters that tell the state of a line, where others that answer do not. */
export function clustersToldApart(line: MappingLine): LineCluster[] {
  const known = (line.clusters ?? []).filter(
    cluster =>
      line.state === 'unknown' || stateOfCluster(cluster) !== 'unknown',
  );
  const telling = known.filter(
    cluster => stateOfCluster(cluster) === line.state,
  );
  return telling.length < known.length ? telling : [];
}

/** True when the state of a line is what one of its clusters says. */
export function isToldByClusters(line: MappingLine): boolean {
  return (line.clusters ?? []).some(
    cluster => stateOfCluster(cluster) === line.state,
  );
}

/** What a person calls a cluster; with its namespace where a line has it twice. */
export function clusterTitle(
  { name, title, namespace }: LineCluster,
  clusters: LineCluster[],
): string {
  const twice = clusters.filter(other => other.name === name).length > 1;
  return twice && namespace ? `${title} (${namespace})` : title;
}
