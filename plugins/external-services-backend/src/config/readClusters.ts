import type { Config } from '@backstage/config';
import { InputError } from '@backstage/errors';
import { refuseDuplicates, ROOT } from './configValues';
import type { ClusterAccess, ClusterConfig } from './ExternalServicesConfig';
import { kubernetesPluginAccess } from './kubernetesPluginAccess';

const KUBERNETES = 'kubernetes.clusterLocatorMethods';
const AUTH_PROVIDER = 'kubernetes.io/auth-provider';

/**
 * The clusters to read: our own first, then those that the Kubernetes plugin is
 * configured with; of two with one name ours counts.
 *
 * @param kubernetesPlugin - whether the proxy of the Kubernetes plugin may be used
 * for those of which its configuration has no token
 * @throws InputError that names the key and the fix
 * @internal
 */
export function readClusters(
  rootConfig: Config,
  kubernetesPlugin: boolean,
): ClusterConfig[] {
  const own = (rootConfig.getOptionalConfigArray(`${ROOT}.clusters`) ?? []).map(
    (cluster, index) => readOwn(cluster, `${ROOT}.clusters[${index}]`),
  );
  refuseDuplicates('clusters', own);
  const names = new Set(own.map(({ name }) => name));
  const others = (rootConfig.getOptionalConfigArray(KUBERNETES) ?? [])
    .filter(method => method.getOptionalString('type') === 'config')
    .flatMap(method => method.getOptionalConfigArray('clusters') ?? [])
    .map(cluster => readKubernetesCluster(cluster, kubernetesPlugin))
    .filter(({ name }) => !names.has(name) && names.add(name));
  return [...own, ...others];
}

function readOwn(cluster: Config, key: string): ClusterConfig {
  const name = cluster.getString('name');
  const path = cluster.getOptionalString('kubeconfig');
  const context = cluster.getOptionalString('context');
  const inCluster = cluster.getOptionalBoolean('inCluster') ?? false;
  const byPlugin = cluster.getOptionalBoolean('kubernetesPlugin') ?? false;
  const ways = [path !== undefined, inCluster, byPlugin];
  if (ways.filter(Boolean).length !== 1) {
    throw new InputError(
      `${key} must say how the cluster is reached. Set one of kubeconfig (a path), inCluster: true and kubernetesPlugin: true`,
    );
  }
  if (context !== undefined && path === undefined) {
    throw new InputError(
      `${key}.context belongs to a kubeconfig. Set ${key}.kubeconfig, or leave context out`,
    );
  }
  const namespaces = cluster.getOptionalStringArray('namespaces');
  if (namespaces?.length === 0) {
    throw new InputError(
      `${key}.namespaces is empty. Name a namespace, or leave it out for all`,
    );
  }
  return {
    name,
    title: cluster.getOptionalString('title') ?? name,
    access:
      path === undefined
        ? { kind: inCluster ? 'in-cluster' : 'kubernetes-plugin' }
        : { kind: 'kubeconfig', path, context },
    ...(namespaces && { namespaces: [...new Set(namespaces)] }),
  };
}

function readKubernetesCluster(
  cluster: Config,
  kubernetesPlugin: boolean,
): ClusterConfig {
  const name = cluster.getString('name');
  return {
    name,
    title: cluster.getOptionalString('title') ?? name,
    access: readKubernetesAccess(cluster, kubernetesPlugin),
  };
}

function readKubernetesAccess(
  cluster: Config,
  kubernetesPlugin: boolean,
): ClusterAccess {
  const url = cluster.getString('url');
  const token = cluster.getOptionalString('serviceAccountToken');
  if (!token && kubernetesPlugin) {
    const { [AUTH_PROVIDER]: provider } =
      cluster.getOptional<Record<string, string>>('authMetadata') ?? {};
    return kubernetesPluginAccess(
      provider ?? cluster.getOptionalString('authProvider'),
    );
  }
  if (!token) {
    return {
      kind: 'not-collectable',
      reason: `${KUBERNETES} gives no serviceAccountToken for it, so the portal has no access of its own. Add one, add the cluster to ${ROOT}.clusters, or leave ${ROOT}.clusterSource.kubernetesPlugin on`,
    };
  }
  if (!/^https?:$/.test(URL.canParse(url) ? new URL(url).protocol : '')) {
    return {
      kind: 'not-collectable',
      reason: `${KUBERNETES} names no URL that can be asked. Write it as https://host:port`,
    };
  }
  return {
    kind: 'token',
    url,
    token,
    caData: cluster.getOptionalString('caData'),
    caFile: cluster.getOptionalString('caFile'),
    skipTLSVerify: cluster.getOptionalBoolean('skipTLSVerify') ?? false,
  };
}
