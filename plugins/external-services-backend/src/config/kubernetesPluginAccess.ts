import { ROOT } from './configValues';
import type { ClusterAccess } from './ExternalServicesConfig';

/** Those of the Kubernetes plugin that ask whoever looks for a token. */
const TOKENS_OF_PEOPLE = ['aks', 'google', 'oidc'];

/**
 * Whether the Kubernetes plugin can let the portal through to a cluster.
 *
 * @param authProvider - as the Kubernetes plugin has it. One that it does not ship
 * is tried
 * @internal
 */
export function kubernetesPluginAccess(
  authProvider: string | undefined,
): ClusterAccess {
  return authProvider !== undefined && TOKENS_OF_PEOPLE.includes(authProvider)
    ? {
        kind: 'not-collectable',
        reason: `its authProvider ${authProvider} takes the token of the person who looks, and the portal watches for nobody in particular. Add it to ${ROOT}.clusters with a kubeconfig, or give it another authProvider`,
      }
    : { kind: 'kubernetes-plugin' };
}
