import type {
  BackstageCredentials,
  PermissionsService,
} from '@backstage/backend-plugin-api';
import { Entity, stringifyEntityRef } from '@backstage/catalog-model';
import { NotAllowedError, NotFoundError } from '@backstage/errors';
import { catalogEntityReadPermission } from '@backstage/plugin-catalog-common/alpha';
import type { CatalogService } from '@backstage/plugin-catalog-node';
import {
  AuthorizeResult,
  BasicPermission,
  ResourcePermission,
} from '@backstage/plugin-permission-common';
import { externalServicesMappingReadPermission } from '@external-services/backstage-plugin-external-services-common';

/** Of so many entities all lines are found at once. */
const FEW = 200;

const FIELDS = ['kind', 'metadata', 'relations', 'spec.type', 'spec.owner'];

/**
 * The one place that decides what a caller may see.
 *
 * @internal
 */
export class EntityAccess {
  readonly #catalog: CatalogService;
  readonly #permissions: PermissionsService;

  static create(options: {
    catalog: CatalogService;
    permissions: PermissionsService;
  }) {
    return new EntityAccess(options);
  }

  private constructor(options: {
    catalog: CatalogService;
    permissions: PermissionsService;
  }) {
    this.#catalog = options.catalog;
    this.#permissions = options.permissions;
  }

  /**
   * The entity, if the caller may read it and has the permission on it.
   *
   * @throws NotFoundError when the entity does not exist or may not be read,
   * which look alike; NotAllowedError when only the permission is missing
   */
  async entity(
    entityRef: string,
    permission: ResourcePermission,
    credentials: BackstageCredentials,
  ): Promise<Entity> {
    const about = { permission, optional: [], others: {} };
    return (await this.entityWith(entityRef, about, credentials)).entity;
  }

  /**
   * The entity as `entity` gives it, whether the caller has further permissions
   * on it, and which other entities exist for the caller. The catalog is asked
   * once for everything, and the permissions too: that is most of what a view costs.
   *
   * @throws as `entity`
   */
  async entityWith<T extends Record<string, string>>(
    entityRef: string,
    about: {
      permission: ResourcePermission;
      optional: ResourcePermission[];
      others: T;
    },
    credentials: BackstageCredentials,
  ): Promise<{ entity: Entity; may: boolean[]; others: Partial<T> }> {
    const others = Object.entries(about.others);
    const { items } = await this.#catalog.getEntitiesByRefs(
      {
        entityRefs: [entityRef, ...others.map(([, ref]) => ref)],
        fields: FIELDS,
      },
      { credentials },
    );
    const [entity, ...found] = items;
    if (!entity) {
      throw new NotFoundError(`There is no entity ${entityRef}`);
    }
    const { permission, optional } = about;
    const resourceRef = stringifyEntityRef(entity);
    const decisions = await this.#permissions.authorize(
      [permission, ...optional].map(one => ({ permission: one, resourceRef })),
      { credentials },
    );
    const [allowed, ...may] = decisions.map(
      ({ result }) => result === AuthorizeResult.ALLOW,
    );
    if (!allowed) {
      throw new NotAllowedError(
        `The permission ${permission.name} on ${resourceRef} is missing`,
      );
    }
    return {
      entity,
      may,
      others: Object.fromEntries(
        others.filter((_, index) => found[index]),
      ) as Partial<T>,
    };
  }

  /** Of the given entities those whose mappings the caller may read, in order. */
  async readable(
    entityRefs: string[],
    credentials: BackstageCredentials,
  ): Promise<Entity[]> {
    if (entityRefs.length === 0) {
      return [];
    }
    const { items } = await this.#catalog.getEntitiesByRefs(
      { entityRefs, fields: FIELDS },
      { credentials },
    );
    const entities = items.flatMap(entity => entity ?? []);
    const decisions = await this.#permissions.authorize(
      entities.map(entity => ({
        permission: externalServicesMappingReadPermission,
        resourceRef: stringifyEntityRef(entity),
      })),
      { credentials },
    );
    return entities.filter(
      (_, index) => decisions[index].result === AuthorizeResult.ALLOW,
    );
  }

  /**
   * References of the entities that the caller may read, where they are so few that
   * nothing else need be looked at. Undefined where they are many or all.
   */
  async fewReadable(
    credentials: BackstageCredentials,
  ): Promise<string[] | undefined> {
    const [{ result }] = await this.#permissions.authorizeConditional(
      [{ permission: catalogEntityReadPermission }],
      { credentials },
    );
    if (result !== AuthorizeResult.CONDITIONAL) {
      return result === AuthorizeResult.ALLOW ? undefined : [];
    }
    const { items, pageInfo } = await this.#catalog.queryEntities(
      { fields: ['kind', 'metadata.name', 'metadata.namespace'], limit: FEW },
      { credentials },
    );
    return pageInfo.nextCursor
      ? undefined
      : items.map(entity => stringifyEntityRef(entity));
  }

  /** @throws NotAllowedError when the caller does not have the permission */
  async require(
    permission: BasicPermission,
    credentials: BackstageCredentials,
  ): Promise<void> {
    const [{ result }] = await this.#permissions.authorize([{ permission }], {
      credentials,
    });
    if (result !== AuthorizeResult.ALLOW) {
      throw new NotAllowedError(`The permission ${permission.name} is missing`);
    }
  }
}
