import type { BackstageCredentials } from '@backstage/backend-plugin-api';
import { Entity, stringifyEntityRef } from '@backstage/catalog-model';
import type { ScmIntegrationRegistry } from '@backstage/integration';
import {
  ClustersResponse,
  externalServicesClusterReadPermission,
  externalServicesFleetReadPermission,
  externalServicesMappingReadPermission,
  externalServicesRefreshPermission,
  Finding,
  FleetResponse,
  lintManifests,
  MappingsResponse,
  RefreshResponse,
  validateManifests,
} from '@external-services/backstage-plugin-external-services-common';
import { parseManifests } from '@external-services/backstage-plugin-external-services-common/yaml';
import { interestsOf } from '../sources/catalog/CatalogHandler';
import { observedEntity } from '../sources/catalog/ObservedEntity';
import type { KnownClusters } from '../sources/cluster/KnownClusters';
import type {
  EntityInterests,
  InterestStore,
} from '../sources/catalog/InterestStore';
import type { SourceRow } from '../database/SourceRow';
import type { SourceStore } from '../database/SourceStore';
import type { Settling } from '../work/Settling';
import type { ClusterReader } from './ClusterReader';
import type { EntityAccess } from './EntityAccess';
import type { FleetQuery, FleetReader } from './FleetReader';
import { joinMappings } from '../join/joinMappings';
import { lintContext } from '../join/lintContext';
import type { EntityObservations, Observations } from './Observations';
import { isoTime } from '../join/sourceStatus';
import { targetTest } from './searchTest';

/** How long an answer waits for a reading that nothing is known from yet. */
const FIRST_READING_MS = 3_000;
/** How long a refresh by hand waits for what it has set going. */
const REFRESH_MS = 8_000;

/**
 * Answers what is known about external services. Every call takes the caller's
 * credentials and answers what that caller may see, and nothing else.
 *
 * @internal
 */
export class ExternalServicesService {
  readonly #options: ExternalServicesServiceOptions;

  static create(options: ExternalServicesServiceOptions) {
    return new ExternalServicesService(options);
  }

  private constructor(options: ExternalServicesServiceOptions) {
    this.#options = options;
  }

  /**
   * The mappings of an entity, worst first. Repositories whose reading is older
   * than `repositories.freshFor` are read again behind the answer.
   *
   * @throws NotFoundError when the caller cannot read the entity;
   * NotAllowedError without `external-services.mapping.read` on it
   */
  async mappingsOf(
    entityRef: string,
    credentials: BackstageCredentials,
  ): Promise<MappingsResponse> {
    const { access, integrations, known } = this.#options;
    const { config } = known;
    const { entity, may, others } = await access.entityWith(
      entityRef,
      {
        permission: externalServicesMappingReadPermission,
        optional: [externalServicesRefreshPermission],
        others: config.templates,
      },
      credentials,
    );
    const { stored, now } = await this.#look(entity);
    return {
      ...joinMappings(stored, { config, integrations, now }),
      actions: { refresh: may[0], templates: others },
    };
  }

  /**
   * Reads the repositories and resolves the names of an entity now, at most once
   * in 10 s however many ask. Answers `checking` when that takes longer than 8 s.
   *
   * @throws NotFoundError when the caller cannot read the entity;
   * NotAllowedError without `external-services.refresh` on it
   */
  async refresh(
    entityRef: string,
    credentials: BackstageCredentials,
  ): Promise<RefreshResponse> {
    const { access, interests, observations, settling, sources } =
      this.#options;
    const entity = await access.entity(
      entityRef,
      externalServicesRefreshPermission,
      credentials,
    );
    const wanted = await this.#note(entity);
    const ref = stringifyEntityRef(entity);
    const begun = await sources.now();
    const wait = await interests.claimRefresh(ref);
    const [before] = await observations.of([observedEntity(entity)], wanted);
    if (wait > 0) {
      return {
        status: 'tooSoon',
        retryAfter: Math.ceil(wait / 1000),
        ...checkedAt(before),
      };
    }
    await settling.hasten(idsOf(before), begun);
    const done = await settling.settled(idsOf(before), begun, REFRESH_MS);
    // Names that the reading has found only now are being resolved already.
    const [after] = await observations.of([observedEntity(entity)], wanted);
    return {
      status: done ? 'refreshed' : 'checking',
      retryAfter: 0,
      ...checkedAt(after),
    };
  }

  /**
   * Mappings of all entities that the caller may read, in pages.
   *
   * @throws NotAllowedError without `external-services.fleet.read`; InputError
   * when the cursor is not one of ours
   */
  async fleet(
    query: FleetQuery,
    credentials: BackstageCredentials,
  ): Promise<FleetResponse> {
    const { access, fleet } = this.#options;
    await access.require(externalServicesFleetReadPermission, credentials);
    return fleet.read(query, await this.#context(), credentials);
  }

  /**
   * Mappings that lead to a name, an address or a range: by the name itself, by
   * way of an alias, or to the same address.
   *
   * @throws as {@link ExternalServicesService.fleet}
   */
  async targets(
    target: string,
    page: Pick<FleetQuery, 'cursor' | 'limit'>,
    credentials: BackstageCredentials,
  ): Promise<FleetResponse> {
    const { access, fleet } = this.#options;
    await access.require(externalServicesFleetReadPermission, credentials);
    const leadsTo = targetTest(target);
    return fleet.read(
      { ...page, matches: ({ mapping }) => mapping.lines.some(leadsTo) },
      await this.#context(),
      credentials,
    );
  }

  /** Findings of a text with manifests. Resolves and fetches nothing. */
  validate(text: string, path?: string): Finding[] {
    const { objects, findings } = parseManifests(text, path);
    return [
      ...findings,
      ...validateManifests(objects),
      ...lintManifests(objects, lintContext(this.#options.known.config)),
    ];
  }

  /**
   * The clusters that are compared with, and how well they can be read.
   *
   * @throws NotAllowedError without `external-services.cluster.read`
   */
  async clusters(credentials: BackstageCredentials): Promise<ClustersResponse> {
    const { access, clusters } = this.#options;
    await access.require(externalServicesClusterReadPermission, credentials);
    return clusters.read();
  }

  /** What is stored about an entity, with everything set going that is old. */
  async #look(
    entity: Entity,
  ): Promise<{ stored: EntityObservations; now: number }> {
    const { known, observations, settling, sources } = this.#options;
    const wanted = await this.#note(entity);
    const now = await sources.now();
    const [stored] = await observations.of([observedEntity(entity)], wanted);
    const repositories = repositoriesOf(stored);
    const before = now - known.config.repositories.freshForMs;
    await settling.hasten(
      // Most views come soon after another, and then there is nothing to write.
      repositories
        .filter(({ checkedAt: at = -Infinity }) => at <= before)
        .map(({ id }) => id),
      before,
      // Looking must not hurry a host that fails; a press of a button may.
      { insist: false },
    );
    const unread = repositories.filter(({ checkedAt: at }) => at === undefined);
    if (unread.length === 0) {
      return { stored, now };
    }
    await settling.settled(
      unread.map(({ id }) => id),
      0,
      FIRST_READING_MS,
    );
    const [read] = await observations.of([observedEntity(entity)], wanted);
    return { stored: read, now: await sources.now() };
  }

  /**
   * Takes note of what an entity wants, before the scan of the catalog does.
   *
   * @returns what it wants, by its reference
   */
  async #note(entity: Entity): Promise<Map<string, EntityInterests>> {
    const { integrations, interests, known, settling } = this.#options;
    const wanted = interestsOf(entity, { config: known.config, integrations });
    const changed = await interests.changed([wanted]);
    if (changed.length > 0) {
      await interests.replace(changed);
      settling.wake();
    }
    return new Map([[wanted.entityRef, wanted]]);
  }

  async #context() {
    const { integrations, known, sources } = this.#options;
    return { config: known.config, integrations, now: await sources.now() };
  }
}

/**
 * What an {@link ExternalServicesService} needs.
 *
 * @internal
 */
export interface ExternalServicesServiceOptions {
  access: EntityAccess;
  clusters: ClusterReader;
  known: Pick<KnownClusters, 'config'>;
  fleet: FleetReader;
  integrations: ScmIntegrationRegistry;
  interests: InterestStore;
  observations: Observations;
  settling: Settling;
  sources: SourceStore;
}

function repositoriesOf(stored: EntityObservations): SourceRow[] {
  return stored.repositories.flatMap(({ source }) => source ?? []);
}

function idsOf(stored: EntityObservations): string[] {
  const names = stored.repositories.flatMap(({ files }) =>
    files.flatMap(({ targets }) => targets),
  );
  const dns = names.flatMap(key => stored.dns.get(key) ?? []);
  return [...repositoriesOf(stored), ...dns].map(({ id }) => id);
}

function checkedAt(stored: EntityObservations): { checkedAt?: string } {
  const times = repositoriesOf(stored).flatMap(row => row.checkedAt ?? []);
  return times.length > 0 ? { checkedAt: isoTime(Math.max(...times)) } : {};
}
