import type {
  BackstageCredentials,
  PermissionsService,
} from '@backstage/backend-plugin-api';
import { Entity, stringifyEntityRef } from '@backstage/catalog-model';
import { InputError, NotAllowedError } from '@backstage/errors';
import type { CatalogService } from '@backstage/plugin-catalog-node';
import { AuthorizeResult } from '@backstage/plugin-permission-common';
import {
  externalServicesMappingChangePermission,
  externalServicesMappingReadPermission,
} from '@external-services/backstage-plugin-external-services-common';

/**
 * Decides which entities a person may use the templates for: the rule of the card,
 * and for what changes something one permission more.
 *
 * @internal
 */
export class MappingAccess {
  readonly #catalog: CatalogService;
  readonly #permissions: PermissionsService;

  static create(options: {
    catalog: CatalogService;
    permissions: PermissionsService;
  }) {
    return new MappingAccess(options.catalog, options.permissions);
  }

  private constructor(
    catalog: CatalogService,
    permissions: PermissionsService,
  ) {
    this.#catalog = catalog;
    this.#permissions = permissions;
  }

  /**
   * The entity, if its mappings may be read, and changed unless `readOnly`.
   *
   * @throws InputError when the entity does not exist or may not be read, which look
   * alike; NotAllowedError that names the permission which is missing
   */
  async entity(
    entityRef: string,
    options: { readOnly?: boolean },
    credentials: BackstageCredentials,
  ): Promise<Entity> {
    const entity = await this.#catalog.getEntityByRef(entityRef, {
      credentials,
    });
    if (!entity) {
      throw new InputError(
        `entityRef: ${entityRef} is not in the catalog, or you may not see it. Choose another component.`,
      );
    }
    const resourceRef = stringifyEntityRef(entity);
    const needed = [
      externalServicesMappingReadPermission,
      ...(options.readOnly ? [] : [externalServicesMappingChangePermission]),
    ];
    const decisions = await this.#permissions.authorize(
      needed.map(permission => ({ permission, resourceRef })),
      { credentials },
    );
    const missing = needed.find(
      (_, index) => decisions[index].result !== AuthorizeResult.ALLOW,
    );
    if (missing) {
      throw new NotAllowedError(
        `entityRef: you may open ${resourceRef}, but not ${
          missing === externalServicesMappingReadPermission ? 'see' : 'change'
        } its external services. Ask your platform team for the permission ${
          missing.name
        } on it.`,
      );
    }
    return entity;
  }
}
