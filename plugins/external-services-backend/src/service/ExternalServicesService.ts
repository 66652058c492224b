import type { BackstageCredentials } from '@backstage/backend-plugin-api';
import type { Entity } from '@backstage/catalog-model';
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
import type { KnownClusters } from '../sources/cluster/KnownClusters';
import type {
  EntityInterests,
  InterestStore,
} from '../sources/catalog/InterestStore';
import type { SourceRow } from '../database/SourceRow';
import { SourceStore } from '../database/SourceStore';
import type { Settling } from '../work/Settling';
import type { AnswerReader, MappingsPage } from './AnswerReader';
import type { ClusterReader } from './ClusterReader';
import type { EntityAccess } from './EntityAccess';
import type { FleetQuery, FleetReader } from './FleetReader';
import { lintContext } from '../join/lintContext';
import { isoTime } from '../join/sourceStatus';

/** How long an answer waits for a reading that nothing is known from yet. */
const FIRST_READING_MS = 3_000;
/** Names that a refresh by hand asks for anew; others wait for their turn. */
const REFRESHED_NAMES = 50;
/** How long a refresh by hand waits for what it has set going. */
const REFRESH_MS = 8_000;

/** An answer before there is one: the entity is being looked at for the first time. */
const NOTHING_YET = { items: [], total: 0, sources: [], findings: [] };

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
   * A page of the mappings of an entity, worst first. Repositories whose reading is
   * older than `repositories.freshFor` are read again behind the answer.
   *
   * @throws NotFoundError when the caller cannot read the entity;
   * NotAllowedError without `external-services.mapping.read` on it
   */
  async mappingsOf(
    entityRef: string,
    page: MappingsPage,
    credentials: BackstageCredentials,
  ): Promise<MappingsResponse> {
    const { access, answers, known } = this.#options;
    const { entity, may, others } = await access.entityWith(
      entityRef,
      {
        permission: externalServicesMappingReadPermission,
        optional: [externalServicesRefreshPermission],
        others: known.config.templates,
      },
      credentials,
    );
    const wanted = await this.#note(entity);
    await this.#hastenOld(wanted);
    let answer = await answers.read(wanted.entityRef, page);
    if (!answer || isPending(answer)) {
      await this.#awaitFirst(wanted);
      answer = await answers.read(wanted.entityRef, page);
    }
    return {
      ...(answer ?? NOTHING_YET),
      actions: { refresh: may[0], templates: others },
    };
  }

  /**
   * Reads the repositories and resolves the names of an entity now, at most once
   * in 10 s however many ask. Answers `checking` when that takes longer than 8 s.
   * When it was checked is told to those only who may read the mappings.
   *
   * @throws NotFoundError when the caller cannot read the entity;
   * NotAllowedError without `external-services.refresh` on it
   */
  async refresh(
    entityRef: string,
    credentials: BackstageCredentials,
  ): Promise<RefreshResponse> {
    const { access, interests, settling, sources } = this.#options;
    const { entity, may } = await access.entityWith(
      entityRef,
      {
        permission: externalServicesRefreshPermission,
        optional: [externalServicesMappingReadPermission],
        others: {},
      },
      credentials,
    );
    const wanted = await this.#note(entity);
    const repositories = repositoryIds(wanted);
    const checkedAt = async () =>
      may[0] ? latestCheck(await sources.get(repositories)) : {};
    const begun = await sources.now();
    const wait = await interests.claimRefresh(wanted.entityRef);
    if (wait > 0) {
      return {
        status: 'tooSoon',
        retryAfter: Math.ceil(wait / 1000),
        ...(await checkedAt()),
      };
    }
    const ids = [
      ...repositories,
      ...(await interests.targetIds(wanted.entityRef, REFRESHED_NAMES)),
    ];
    const deadline = AbortSignal.timeout(REFRESH_MS);
    await settling.hasten(ids, begun);
    const done =
      (await settling.settled(ids, begun, deadline)) &&
      (await settling.idle([workIdOf(wanted)], deadline));
    return {
      status: done ? 'refreshed' : 'checking',
      retryAfter: 0,
      ...(await checkedAt()),
    };
  }

  /**
   * Lines of all entities that the caller may read, in pages.
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
    return fleet.read(query, credentials);
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

  /** Sets going what was read too long ago for somebody who looks. */
  async #hastenOld(wanted: EntityInterests): Promise<void> {
    const { known, settling, sources } = this.#options;
    const now = await sources.now();
    const repositories = await sources.get(repositoryIds(wanted));
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
  }

  /** Waits a moment for what was never looked at. */
  async #awaitFirst(wanted: EntityInterests): Promise<void> {
    const { settling } = this.#options;
    const deadline = AbortSignal.timeout(FIRST_READING_MS);
    await settling.settled(repositoryIds(wanted), 0, deadline);
    await settling.idle([workIdOf(wanted)], deadline);
  }

  /**
   * Takes note of what an entity wants, before the scan of the catalog does.
   *
   * @returns what it wants
   */
  async #note(entity: Entity): Promise<EntityInterests> {
    const { integrations, interests, known, settling } = this.#options;
    const wanted = interestsOf(entity, { config: known.config, integrations });
    const changed = await interests.changed([wanted]);
    if (changed.length > 0) {
      await interests.replace(changed);
      settling.wake();
    }
    return wanted;
  }
}

/**
 * What an {@link ExternalServicesService} needs.
 *
 * @internal
 */
export interface ExternalServicesServiceOptions {
  access: EntityAccess;
  answers: AnswerReader;
  clusters: ClusterReader;
  known: Pick<KnownClusters, 'config'>;
  fleet: FleetReader;
  integrations: ScmIntegrationRegistry;
  interests: InterestStore;
  settling: Settling;
  sources: SourceStore;
}

function isPending({ sources }: Pick<MappingsResponse, 'sources'>): boolean {
  return sources.some(
    ({ kind, status }) => kind === 'repository' && status === 'pending',
  );
}

function workIdOf({ entityRef }: EntityInterests): string {
  return SourceStore.idOf('entity', entityRef);
}

function repositoryIds({ interests }: EntityInterests): string[] {
  return interests.flatMap(({ root }) =>
    root ? SourceStore.idOf('repository', root) : [],
  );
}

function latestCheck(rows: SourceRow[]): { checkedAt?: string } {
  const times = rows.flatMap(row => row.checkedAt ?? []);
  return times.length > 0 ? { checkedAt: isoTime(Math.max(...times)) } : {};
}
