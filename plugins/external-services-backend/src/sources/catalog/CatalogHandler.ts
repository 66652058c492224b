import type { AuthService, LoggerService } from '@backstage/backend-plugin-api';
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
import { shortMessage } from '../../shortMessage';
import type { Outcome, SourceStore } from '../../database/SourceStore';
import { batches } from '../../database/batches';
import { isStorable, storable } from '../../database/storable';
import type { SingleHandler } from '../../work/SourceHandler';
import { entityInterests } from './entityInterests';
import { kubernetesAnnotations } from './ObservedEntity';
import { unlessAborted } from './unlessAborted';

/** The key of the one row of this kind. */
export const CATALOG_KEY = 'catalog';

const SCAN_EVERY_MS = 60_000;
/** Of the whole scan; a catalog that hangs is asked again. */
const SCAN_TIMEOUT_MS = 10 * 60_000;
/** Three names of 63 characters fit well. */
const MAX_REF_LENGTH = 255;
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
    const ended = AbortSignal.any([
      signal,
      AbortSignal.timeout(SCAN_TIMEOUT_MS),
    ]);
    for await (const entities of unlessAborted(pages, ended)) {
      const wanted = entities
        .map(entity => interestsOf(entity, this.#options))
        // No entity of the catalog's own rules is called like that.
        .filter(({ entityRef }) => isStorable(entityRef, MAX_REF_LENGTH));
      wanted.forEach(({ entityRef }) => listed.add(entityRef));
      await this.#store(await interests.changed(wanted));
    }
    return {
      succeeded: true,
      status: { entities: listed.size },
      nextDueIn: SCAN_EVERY_MS,
      write: async transaction => {
        await interests.purge(transaction, { listed, before: begun });
      },
    };
  }

  /** A page at a time, so that a first scan holds nobody up for long. */
  async #store(changed: EntityInterests[]): Promise<void> {
    const { interests, logger } = this.#options;
    for (const batch of batches(changed)) {
      for (const { entityRef, error } of await interests.write(batch)) {
        logger.warn(
          `What ${entityRef} wants was not stored: ${shortMessage(error)}`,
        );
      }
    }
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
  logger: LoggerService;
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
  const written = ownerOf(entity);
  const owner = written && isStorable(written, MAX_REF_LENGTH) ? written : '';
  return {
    entityRef,
    entityUid: storable(entity.metadata.uid ?? entityRef, MAX_REF_LENGTH),
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
