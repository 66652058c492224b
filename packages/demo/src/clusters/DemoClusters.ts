import { copyFile, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { findBinaries } from 'cluster/control-plane';
import type { GitRepositories } from '../git/GitRepositories';
import type { ClusterExample, ClusterObject } from './ClusterExample';
import { declaredObjects } from './declaredObjects';
import { DemoCluster } from './DemoCluster';

/**
 * The clusters of the demo, and the deployment that brings the repositories to them.
 *
 * @public
 */
export class DemoClusters {
  /** Holds `<name>.kubeconfig` for the portal and `admin-<name>.kubeconfig` for people. */
  readonly folder: string;
  readonly #clusters: Map<string, DemoCluster>;

  /** What is missing, and the command that gets it; empty when nothing is. */
  static get advice(): string {
    return findBinaries().advice;
  }

  /** Starts a control plane for each name. */
  static async start(names: string[]): Promise<DemoClusters> {
    const started = await Promise.all(
      names.map(
        async name =>
          [name, await DemoCluster.start()] as [string, DemoCluster],
      ),
    );
    const folder = await mkdtemp(join(tmpdir(), 'external-services-demo-'));
    const clusters = new DemoClusters(folder, new Map(started));
    await clusters.#writeKubeconfigs();
    return clusters;
  }

  private constructor(folder: string, clusters: Map<string, DemoCluster>) {
    this.folder = folder;
    this.#clusters = clusters;
  }

  /** @throws Error when none of that name was started */
  get(name: string): DemoCluster {
    const cluster = this.#clusters.get(name);
    if (!cluster) {
      throw new Error(`There is no cluster ${name}`);
    }
    return cluster;
  }

  /**
   * Brings every cluster to what the repositories and the examples say.
   *
   * @returns what the servers refused
   */
  async deploy(
    repositories: GitRepositories,
    examples: ClusterExample[],
  ): Promise<string[]> {
    const all = await repositories.list();
    const environments = examples.map(({ environment }) => environment);
    const refusals = await Promise.all(
      examples.map(async example => {
        const declared = await Promise.all(
          all.map(repository =>
            declaredObjects(repository, example.environment, environments),
          ),
        );
        return this.get(example.name).deploy(
          withExample(declared.flat(), example),
        );
      }),
    );
    return refusals.flatMap(refused => refused ?? []);
  }

  async stop(): Promise<void> {
    await Promise.all(
      [...this.#clusters.values()].map(({ controlPlane }) =>
        controlPlane.stop(),
      ),
    );
    await rm(this.folder, { recursive: true, force: true });
  }

  async #writeKubeconfigs(): Promise<void> {
    const [[, first]] = this.#clusters;
    await Promise.all(
      [...this.#clusters].flatMap(([name, cluster]) => [
        copyFile(
          cluster.kubeconfigPath,
          join(this.folder, `${name}.kubeconfig`),
        ),
        copyFile(
          cluster.controlPlane.kubeconfigPath,
          join(this.folder, `admin-${name}.kubeconfig`),
        ),
      ]),
    );
    // A source that cannot be read: its token is none any more.
    const expired = JSON.parse(await readFile(first.kubeconfigPath, 'utf8'));
    expired.users[0].user.token = 'expired';
    await writeFile(
      join(this.folder, 'staging.kubeconfig'),
      JSON.stringify(expired),
      { mode: 0o600 },
    );
  }
}

/** What is to run in a cluster, each object once. */
function withExample(
  declared: ClusterObject[],
  { without, objects }: ClusterExample,
): ClusterObject[] {
  const wanted = declared.filter(
    ({ kind, metadata }) =>
      kind !== 'Service' || !without.includes(metadata.name),
  );
  return [
    ...new Map(
      [...wanted, ...objects].map(object => [
        `${object.kind}/${object.metadata.name}`,
        object,
      ]),
    ).values(),
  ];
}
