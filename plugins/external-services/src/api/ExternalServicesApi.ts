import { createApiRef } from '@backstage/frontend-plugin-api';
import type { CompoundEntityRef } from '@backstage/catalog-model';
import type {
  MappingsResponse,
  RefreshResponse,
} from '@external-services/backstage-plugin-external-services-common';

/**
 * What the card asks the external-services backend.
 *
 * Every method rejects with a `RequestFailure`, or with the reason of the
 * given signal when that was aborted.
 *
 * @public
 */
export interface ExternalServicesApi {
  /** The mappings of an entity, with the ages of this moment. */
  getMappings(
    entity: CompoundEntityRef,
    options?: { signal?: AbortSignal },
  ): Promise<MappingsResponse>;

  /** Asks for a fresh check of an entity's mappings. */
  refresh(
    entity: CompoundEntityRef,
    options?: { signal?: AbortSignal },
  ): Promise<RefreshResponse>;

  /** The last answer of {@link ExternalServicesApi.getMappings} in this browser tab. */
  lastMappings(entity: CompoundEntityRef): MappingsResponse | undefined;
}

/**
 * Ref of {@link ExternalServicesApi}.
 *
 * @public
 */
export const externalServicesApiRef = createApiRef<ExternalServicesApi>({
  id: 'plugin.external-services.client',
});
