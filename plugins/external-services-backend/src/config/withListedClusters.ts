import { ROOT } from './configValues';
import type {
  ClusterConfig,
  ExternalServicesConfig,
} from './ExternalServicesConfig';
import { kubernetesPluginAccess } from './kubernetesPluginAccess';

/**
 * A cluster as the Kubernetes plugin tells of it.
 *
 * @internal
 */
export interface ListedCluster {
  name: string;
  title?: string;
  authProvider?: string;
}

/**
 * The configuration together with the clusters that the Kubernetes plugin knows:
 * they come last, and of two with one name the configured one counts. What an
 * environment names and nobody knows is a cluster that cannot be read.
 *
 * @param listed - undefined when the plugin has not answered yet
 * @internal
 */
export function withListedClusters(
  config: ExternalServicesConfig,
  listed: ListedCluster[] | undefined,
): ExternalServicesConfig {
  const clusters = new Map(config.clusters.map(one => [one.name, one]));
  const add = (cluster: ClusterConfig) => {
    if (!clusters.has(cluster.name)) {
      clusters.set(cluster.name, cluster);
    }
  };
  listed?.forEach(({ name, title, authProvider }) =>
    add({
      name,
      title: title ?? name,
      access: kubernetesPluginAccess(authProvider),
    }),
  );
  const environments = config.environments.map(environment => ({
    ...environment,
    // The default is the cluster with the name of the environment, if there is one.
    clusters: environment.clusters.filter(
      name => name !== environment.name || clusters.has(name),
    ),
  }));
  for (const name of environments.flatMap(({ clusters: names }) => names)) {
    add({ name, title: name, access: unknown(listed !== undefined) });
  }
  return { ...config, clusters: [...clusters.values()], environments };
}

function unknown(isListed: boolean): ClusterConfig['access'] {
  return {
    kind: 'not-collectable',
    reason: isListed
      ? `${ROOT}.environments names it, and neither ${ROOT}.clusters nor the Kubernetes plugin has it`
      : `${ROOT}.environments names it, ${ROOT}.clusters does not have it, and the Kubernetes plugin has not answered yet`,
  };
}
