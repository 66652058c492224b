import { sharedControlPlane } from 'cluster/testing';
import type { Knex } from 'knex';
import type { ClusterStatus } from '../sources/cluster/ClusterStatus';
import type { ClusterConfig } from '../config/ExternalServicesConfig';
import { openDatabase } from '../database/openDatabase';
import type { SourceRow } from '../database/SourceRow';
import { eventually } from './eventually';
import { LEAST, TestCluster } from './TestCluster';
import { TestReplica } from './TestReplica';

/** A cluster that replicas hold over a database of their own. */
export class HeldCluster {
  cluster!: TestCluster;
  knex!: Knex;
  readonly #replicas: TestReplica[] = [];

  /**
   * One cluster for the present `describe`, empty at the beginning of each test
   * and with the least rights, and a new database for each test.
   */
  static forEachTest(database: () => Promise<Knex>): HeldCluster {
    const held = new HeldCluster();
    beforeAll(async () => {
      held.cluster = await TestCluster.create(await sharedControlPlane());
      await held.cluster.grant(LEAST);
    }, 120_000);
    beforeEach(async () => {
      held.knex = await openDatabase({ getClient: database });
    });
    afterEach(async () => {
      await Promise.all(
        held.#replicas.splice(0).map(replica => replica.stop()),
      );
      await held.cluster.clear();
    });
    afterAll(() => held.cluster.stop());
    return held;
  }

  async start(
    holder = 'a',
    over: Partial<ClusterConfig> = {},
  ): Promise<TestReplica> {
    const clusters = [this.cluster.config(over)];
    const replica = await TestReplica.start(this.knex, clusters, holder);
    this.#replicas.push(replica);
    return replica;
  }

  /** Waits until exactly these are stored, as `Service/name`. */
  async keeps(replica: TestReplica, ...wanted: string[]) {
    const all = wanted.sort().join();
    await eventually(
      () => replica.names(),
      names => names.join() === all,
      60_000,
    );
  }

  /** Waits until both streams are open. */
  async watches(replica: TestReplica): Promise<SourceRow<ClusterStatus>> {
    return eventually(
      () => replica.row(),
      ({ status }) =>
        status?.services.state === 'watching' &&
        status.endpointSlices.state === 'watching',
      60_000,
    );
  }

  /** When the stored objects of a name changed; NaN where there are none. */
  async changedAt(...names: string[]): Promise<number[]> {
    const rows = await this.knex('cluster_objects').whereIn('name', names);
    const times = new Map(rows.map(row => [row.name, Number(row.changed_at)]));
    return names.map(name => times.get(name) ?? NaN);
  }
}
