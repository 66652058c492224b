/**
 * Whether a DNS name is that of another Service of the cluster, so that what
 * leads to it is an alias and no external service. Case and a trailing dot do not count.
 *
 * @public
 */
export function leadsIntoCluster(
  dnsName: string,
  clusterDomain: string = 'cluster.local',
): boolean {
  const name = dnsName.replace(/\.$/, '').toLowerCase();
  const labels = name.split('.');
  return (
    name.endsWith(`.${clusterDomain}`) ||
    (labels.length === 3 && labels[2] === 'svc')
  );
}
