import { RESOURCE_TYPE_CATALOG_ENTITY } from '@backstage/plugin-catalog-common/alpha';
import { createPermission } from '@backstage/plugin-permission-common';

/**
 * Read the external service mappings of a catalog entity.
 *
 * @public
 */
export const externalServicesMappingReadPermission = createPermission({
  name: 'external-services.mapping.read',
  attributes: { action: 'read' },
  resourceType: RESOURCE_TYPE_CATALOG_ENTITY,
});

/**
 * Change the external services of a catalog entity with the software templates, which
 * need `external-services.mapping.read` as well.
 *
 * @public
 */
export const externalServicesMappingChangePermission = createPermission({
  name: 'external-services.mapping.change',
  attributes: { action: 'update' },
  resourceType: RESOURCE_TYPE_CATALOG_ENTITY,
});

/**
 * Ask for a fresh check of a catalog entity's mappings.
 *
 * @public
 */
export const externalServicesRefreshPermission = createPermission({
  name: 'external-services.refresh',
  attributes: { action: 'update' },
  resourceType: RESOURCE_TYPE_CATALOG_ENTITY,
});

/**
 * Read mappings across entities; each entity is still checked by itself.
 *
 * @public
 */
export const externalServicesFleetReadPermission = createPermission({
  name: 'external-services.fleet.read',
  attributes: { action: 'read' },
});

/**
 * Read the state of the sources: clusters, repositories and resolvers.
 *
 * @public
 */
export const externalServicesClusterReadPermission = createPermission({
  name: 'external-services.cluster.read',
  attributes: { action: 'read' },
});

/**
 * All permissions of the plugin.
 *
 * @public
 */
export const externalServicesPermissions = [
  externalServicesMappingReadPermission,
  externalServicesMappingChangePermission,
  externalServicesRefreshPermission,
  externalServicesFleetReadPermission,
  externalServicesClusterReadPermission,
];
