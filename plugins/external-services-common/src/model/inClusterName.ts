/**
 * The name an application in the cluster uses:
 * `name.namespace.svc.<clusterDomain>`, or just the name while the namespace is unknown.
 *
 * @public
 */
export function inClusterName(
  service: { name: string; namespace?: string },
  clusterDomain: string = 'cluster.local',
): string {
  return service.namespace
    ? `${service.name}.${service.namespace}.svc.${clusterDomain}`
    : service.name;
}
