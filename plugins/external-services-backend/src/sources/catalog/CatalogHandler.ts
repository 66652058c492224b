import type { AuthService } from '@backstage/backend-plugin-api';
import {
  type Entity,
  RELATION_OWNED_BY,
  stringifyEntityRef,
} from '@backstage/catalog-model';
import type { ScmIntegrationRegistry } from '@backstage/integration';
import { CATALOG_FILTER_EXISTS } from '@backstage/catalog-client';
import type { CatalogService } from '@backstage/plugin-catalog-node';
import { MANIFESTS_ANNOTATION } from '@external-services/backstage-plugin-external-services-common';
import type { ExternalServicesConfig } from '../../config/ExternalServicesConfig';
import type { EntityInterests, InterestStore } from './InterestStore';
import type { SourceRow } from '../../database/SourceRow';
import type { Outcome, SourceStore } from '../../database/SourceStore';
import type { SingleHandler } from '../../work/SourceHandler';
import { entityInterests } from './entityInterests';
import { kubernetesAnnotations } from './ObservedEntity';

/** The key of the one row of this kind. */
export const CATALOG_KEY = 'catalog';

const SCAN_EVERY_MS = 60_000;
const FIELDS = [
  'kind',
  'metadata.name',
  'metadata.namespace',
  'metadata.uid',
  'metadata.annotations',
  'relations',
];

/**
 * Looks through the catalog for entities and the repositories they want read.
 *
 * @internal
 */
export class CatalogHandler implements SingleHandler {
  readonly kind = 'catalog';
  readonly concurrency = 1;
  readonly #options: CatalogHandlerOptions;

  static create(options: CatalogHandlerOptions) {
    return new CatalogHandler(options);
  }

  private constructor(options: CatalogHandlerOptions) {
    this.#options = options;
  }

  async handle(_claim: SourceRow, signal: AbortSignal): Promise<Outcome> {
    const { auth, catalog, interests, sources } = this.#options;
    const begun = await sources.now();
    const listed = new Set<string>();
    const changed: EntityInterests[] = [];
    const pages = catalog.streamEntities(
      {
        filter: [
          { kind: 'component' },
          {
            [`metadata.annotations.${MANIFESTS_ANNOTATION}`]:
              CATALOG_FILTER_EXISTS,
          },
        ],
        fields: FIELDS,
      },
      { credentials: await auth.getOwnServiceCredentials() },
    );
    for await (const entities of pages) {
      signal.throwIfAborted();
      const wanted = entities.map(entity => interestsOf(entity, this.#options));
      wanted.forEach(({ entityRef }) => listed.add(entityRef));
      changed.push(...(await interests.changed(wanted)));
    }
    return {
      succeeded: true,
      status: { entities: listed.size },
      nextDueIn: SCAN_EVERY_MS,
      write: async transaction => {
        await interests.write(transaction, changed, begun);
        await interests.purge(transaction, { listed, before: begun });
      },
    };
  }
}

/**
 * What a {@link CatalogHandler} needs.
 *
 * @internal
 */
export interface CatalogHandlerOptions {
  auth: AuthService;
  catalog: CatalogService;
  config: ExternalServicesConfig;
  integrations: ScmIntegrationRegistry;
  interests: InterestStore;
  sources: SourceStore;
}

/**
 * An entity with what it wants.
 *
 * @internal
 */
export function interestsOf(
  entity: Entity,
  options: Pick<CatalogHandlerOptions, 'config' | 'integrations'>,
): EntityInterests {
  const entityRef = stringifyEntityRef(entity);
  const owner = ownerOf(entity);
  return {
    entityRef,
    entityUid: entity.metadata.uid ?? entityRef,
    ...(owner && { owner }),
    annotations: kubernetesAnnotations(entity),
    interests: entityInterests(entity, {
      integrations: options.integrations,
      allow: options.config.reading.allow,
    }),
  };
}

function ownerOf({ relations = [] }: Entity): string | undefined {
  return relations.find(({ type }) => type === RELATION_OWNED_BY)?.targetRef;
}
