import type {
  BackstageCredentials,
  PermissionsService,
} from '@backstage/backend-plugin-api';
import { Entity, stringifyEntityRef } from '@backstage/catalog-model';
import { NotAllowedError, NotFoundError } from '@backstage/errors';
import type { CatalogService } from '@backstage/plugin-catalog-node';
import {
  AuthorizeResult,
  BasicPermission,
  ResourcePermission,
} from '@backstage/plugin-permission-common';
import { externalServicesMappingReadPermission } from '@external-services/backstage-plugin-external-services-common';

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
    const entity = await this.#catalog.getEntityByRef(entityRef, {
      credentials,
    });
    if (!entity) {
      throw new NotFoundError(`There is no entity ${entityRef}`);
    }
    const ref = stringifyEntityRef(entity);
    if (!(await this.may(permission, ref, credentials))) {
      throw new NotAllowedError(
        `The permission ${permission.name} on ${ref} is missing`,
      );
    }
    return entity;
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

  /** Whether the caller has a permission on one entity. */
  async may(
    permission: ResourcePermission,
    resourceRef: string,
    credentials: BackstageCredentials,
  ): Promise<boolean> {
    const [{ result }] = await this.#permissions.authorize(
      [{ permission, resourceRef }],
      { credentials },
    );
    return result === AuthorizeResult.ALLOW;
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

  /** Those of named entities that exist for the caller. */
  async existing<T extends Record<string, string>>(
    entityRefs: T,
    credentials: BackstageCredentials,
  ): Promise<Partial<T>> {
    const entries = Object.entries(entityRefs);
    const { items } = await this.#catalog.getEntitiesByRefs(
      { entityRefs: entries.map(([, ref]) => ref), fields: ['metadata.name'] },
      { credentials },
    );
    return Object.fromEntries(
      entries.filter((_, index) => items[index]),
    ) as Partial<T>;
  }
}
