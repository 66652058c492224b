import type { LoggerService } from '@backstage/backend-plugin-api';
import { ConfigReader } from '@backstage/config';
import type { Knex } from 'knex';
import type { ClusterCursor } from '../sources/cluster/ClusterCursor';
import { ClusterHandler } from '../sources/cluster/ClusterHandler';
import { KnownClusters } from '../sources/cluster/KnownClusters';
import type { ClusterStatus } from '../sources/cluster/ClusterStatus';
import type { ClusterConfig } from '../config/ExternalServicesConfig';
import { readExternalServicesConfig } from '../config/readExternalServicesConfig';
import { ClusterStore } from '../sources/cluster/ClusterStore';
import { Clock, databaseClock } from '../database/databaseClock';
import { InterestStore } from '../sources/catalog/InterestStore';
import type { SourceRow } from '../database/SourceRow';
import { SourceStore } from '../database/SourceStore';
import type { Delay } from '../work/Bell';
import { DUE_NOW } from '../work/markDue';
import { Replicas } from '../work/Replicas';
import { timerDelay } from '../work/timerDelay';
import { Worker } from '../work/Worker';

/** Waits are cut to a tenth: what comes after them is tested, not they. */
const HASTE = 10;
const hastily: Delay = (ms, signal) => timerDelay(ms / HASTE, signal);

const logger: LoggerService = {
  error: () => {},
  warn: () => {},
  info: () => {},
  debug: () => {},
  child: () => logger,
};

/** The part of a backend that reads clusters, over a database it may share. */
export class TestReplica {
  readonly sources: SourceStore;
  readonly clusters: ClusterStore;
  readonly interests: InterestStore;
  /** Added to the clock of the database. */
  skewMs = 0;
  readonly #clock: Clock;
  readonly #knex: Knex;
  #worker?: Worker;

  static async start(
    knex: Knex,
    clusters: ClusterConfig[],
    holder = 'a',
  ): Promise<TestReplica> {
    const replica = new TestReplica(knex);
    await replica.#start(knex, clusters, holder);
    return replica;
  }

  private constructor(knex: Knex) {
    this.#knex = knex;
    const real = databaseClock(knex);
    this.#clock = async () => (await real()) + this.skewMs;
    this.sources = SourceStore.create(knex, { clock: this.#clock });
    this.clusters = ClusterStore.create(knex);
    this.interests = InterestStore.create(knex, this.sources);
  }

  async #start(knex: Knex, clusters: ClusterConfig[], holder: string) {
    const config = {
      ...readExternalServicesConfig(new ConfigReader({}), ['127.0.0.1']),
      clusters,
    };
    const known = await KnownClusters.load(config, this.sources);
    await this.sources.ensure(
      'cluster',
      clusters.map(({ name }) => name),
    );
    this.#worker = Worker.create({
      sources: this.sources,
      replicas: Replicas.create(knex, { clock: this.#clock }),
      logger,
      holder,
      delay: hastily,
      handlers: [
        ClusterHandler.create({
          known,
          plugin: {
            connect: () => {
              throw new Error('There is no Kubernetes plugin');
            },
          },
          clusters: this.clusters,
          sources: this.sources,
          logger,
          delay: hastily,
          wake: () => {},
        }),
      ],
    });
    this.#worker.start();
  }

  /** The row of a cluster. */
  async row(cluster = 'eu'): Promise<SourceRow<ClusterStatus>> {
    const [row] = await this.sources.get([
      SourceStore.idOf('cluster', cluster),
    ]);
    return row as SourceRow<ClusterStatus>;
  }

  /** References of the entities that have to be joined. */
  async dueEntities(): Promise<string[]> {
    return this.#knex('sources')
      .where({ kind: 'entity', next_due: DUE_NOW })
      .orderBy('key')
      .pluck('key');
  }

  /** As if all entities were joined. */
  async joinAll() {
    await this.#knex('sources')
      .where('kind', 'entity')
      .update({ next_due: Number.MAX_SAFE_INTEGER });
  }

  /** Names of what is stored, as `Service/name`. */
  async names(cluster = 'eu'): Promise<string[]> {
    const known = await this.clusters.known(
      SourceStore.idOf('cluster', cluster),
    );
    return [...known.values()]
      .map(({ kind, name }) => `${kind}/${name}`)
      .sort();
  }

  /** Version up to which Services of the first namespace are known. */
  async position(cluster = 'eu'): Promise<string> {
    const { cursor } = await this.row(cluster);
    const { streams }: ClusterCursor = JSON.parse(cursor!);
    const [key] = Object.keys(streams).filter(one => one.startsWith('serv'));
    return streams[key].resourceVersion;
  }

  async stop() {
    await this.#worker?.stop();
  }
}
