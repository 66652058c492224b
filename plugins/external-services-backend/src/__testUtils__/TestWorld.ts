import type { Entity } from '@backstage/catalog-model';
import type { MappingsResponse } from '@external-services/backstage-plugin-external-services-common';
import type { Knex } from 'knex';
import { records } from './manifests';
import { PortalOptions, startPortal } from './startPortal';
import { TestDnsServer, zoneOf } from './TestDnsServer';
import { TestGitHost } from './TestGitHost';

const PATIENCE_MS = 20_000;
const POLL_MS = 50;

const allChecked = ({ items }: MappingsResponse) =>
  items.length > 0 && items.every(item => item.state !== 'checking');

/** A portal with a Git host, a DNS server and a database of its own. */
export class TestWorld {
  git!: TestGitHost;
  dns!: TestDnsServer;
  knex!: Knex;
  portal!: Awaited<ReturnType<typeof startPortal>>;

  /** Makes a new world for each test of the present `describe`. */
  static forEachTest(openDatabase: () => Promise<Knex>): TestWorld {
    const world = new TestWorld();
    jest.setTimeout(30_000);
    beforeEach(async () => {
      world.git = await TestGitHost.start();
      world.dns = await TestDnsServer.start(zoneOf(records));
      world.knex = await openDatabase();
    });
    afterEach(async () => {
      await world.portal.stop();
      await Promise.all([world.git.stop(), world.dns.stop()]);
    });
    return world;
  }

  /** Starts the portal with a catalog. */
  async start(entities: Entity[], options: Partial<PortalOptions> = {}) {
    const { knex, git, dns } = this;
    this.portal = await startPortal({ knex, git, dns, entities, ...options });
  }

  /** The present answer about a component. */
  async answer(name: string): Promise<MappingsResponse> {
    return (await this.portal.mappings(name).expect(200)).body;
  }

  /** The answer about a component once it holds, by default once all is checked. */
  async settled(name: string, holds = allChecked): Promise<MappingsResponse> {
    return this.eventually(() => this.answer(name), holds);
  }

  /** As `settled`, a minute later at each look: no reading counts as fresh. */
  async settledLater(
    name: string,
    holds: (answer: MappingsResponse) => boolean,
  ): Promise<MappingsResponse> {
    return this.eventually(async () => {
      await this.letTimePass();
      return this.answer(name);
    }, holds);
  }

  /** Asks again, as the card does, until it holds. */
  async eventually<T>(
    load: () => Promise<T>,
    holds: (value: T) => boolean,
  ): Promise<T> {
    const deadline = Date.now() + PATIENCE_MS;
    for (;;) {
      const value = await load();
      if (holds(value)) {
        return value;
      }
      if (Date.now() > deadline) {
        throw new Error(`It never came to hold: ${JSON.stringify(value)}`);
      }
      await new Promise(resolve => setTimeout(resolve, POLL_MS));
    }
  }

  /** Presses `Check now`. */
  async refresh(name: string) {
    await this.portal
      .post(`/entities/component/default/${name}/refresh`)
      .expect(200);
  }

  /** As if the last reading had been so many seconds ago, by default a minute. */
  async letTimePass(seconds = 60) {
    await this.knex('sources')
      .where('kind', 'repository')
      .decrement('checked_at', seconds * 1000);
  }
}
