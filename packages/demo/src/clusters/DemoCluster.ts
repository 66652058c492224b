import { ControlPlane, startControlPlane } from 'cluster/control-plane';
import type { ClusterObject } from './ClusterExample';

/** The namespace of the shop in every cluster. */
const NAMESPACE = 'shop';

/** Who the portal is. */
const PORTAL = { namespace: 'backstage', name: 'backstage' };

/** By the server, as deployments do today; what somebody else changed is taken back. */
const APPLY = ['apply', '--server-side', '--force-conflicts'];

/** The rights that docs/clusters.md asks for, and who has them. */
const READER = `
apiVersion: v1
kind: ServiceAccount
metadata: { name: backstage, namespace: backstage }
---
apiVersion: rbac.authorization.k8s.io/v1
kind: ClusterRole
metadata: { name: backstage-external-services-reader }
rules:
  - apiGroups: ['']
    resources: [services]
    verbs: [get, list, watch]
  - apiGroups: [discovery.k8s.io]
    resources: [endpointslices]
    verbs: [get, list, watch]
---
apiVersion: rbac.authorization.k8s.io/v1
kind: ClusterRoleBinding
metadata: { name: backstage-external-services-reader }
roleRef:
  apiGroup: rbac.authorization.k8s.io
  kind: ClusterRole
  name: backstage-external-services-reader
subjects: [{ kind: ServiceAccount, name: backstage, namespace: backstage }]
`;

/**
 * A real control plane of the demo, and what a deployment applies to it.
 *
 * @public
 */
export class DemoCluster {
  readonly controlPlane: ControlPlane;
  /** Of the portal: it may read Services and EndpointSlices, and nothing else. */
  readonly kubeconfigPath: string;
  #applied = '';
  #keys: string[] = [];

  /** @throws Error when the programs are missing; it names the command that builds them */
  static async start(): Promise<DemoCluster> {
    const controlPlane = await startControlPlane({ dns: false });
    await Promise.all(
      [NAMESPACE, PORTAL.namespace].map(namespace =>
        controlPlane.kubectl(['create', 'namespace', namespace]),
      ),
    );
    await controlPlane.kubectl([...APPLY, '--filename=-'], READER);
    const kubeconfigPath = await controlPlane.serviceAccountKubeconfig(
      PORTAL.namespace,
      PORTAL.name,
    );
    return new DemoCluster(controlPlane, kubeconfigPath);
  }

  private constructor(controlPlane: ControlPlane, kubeconfigPath: string) {
    this.controlPlane = controlPlane;
    this.kubeconfigPath = kubeconfigPath;
  }

  /** Runs kubectl in the namespace of the shop. */
  async kubectl(args: string[], input?: string): Promise<string> {
    return this.controlPlane.kubectl(
      [`--namespace=${NAMESPACE}`, ...args],
      input,
    );
  }

  /**
   * Applies the objects, unless they are those of the last time, and deletes
   * those of the last time that are gone.
   *
   * @returns what the server refused; the rest is applied
   */
  async deploy(objects: ClusterObject[]): Promise<string | undefined> {
    const list = JSON.stringify({
      apiVersion: 'v1',
      kind: 'List',
      items: objects,
    });
    if (list === this.#applied) {
      return undefined;
    }
    const keys = objects.map(
      ({ kind, metadata }) => `${kind}/${metadata.name}`,
    );
    const gone = this.#keys.filter(key => !keys.includes(key));
    let refused: string | undefined;
    try {
      await this.kubectl([...APPLY, '--filename=-'], list);
    } catch (error) {
      refused = (error as Error).message;
    }
    if (gone.length > 0) {
      await this.kubectl(['delete', '--ignore-not-found', ...gone]);
    }
    this.#applied = list;
    this.#keys = keys;
    return refused;
  }
}
