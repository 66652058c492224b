import type { Manifest } from '../manifests/Manifest';
import type {
  ExternalServicePort,
  FlatExternalService,
} from '../model/ExternalService';

/**
 * Which mapping: its name as declared, and what tells it from others of that name.
 *
 * @public
 */
export interface MappingSelector {
  name: string;
  /** Null: the manifests state none. Default: any, as long as one mapping alone fits. */
  namespace?: string | null;
  /** Null: the manifests hold in all of them. Default: any, as long as one mapping alone fits. */
  environment?: string | null;
}

/**
 * A change of one mapping.
 *
 * - `add`: documents at the end of a file, or a new file
 * - `retarget`: another target; a DNS name may become addresses and the other way round
 * - `ports`: other ports, all of them
 * - `rename`: another name, wherever Kubernetes or the product follows it
 * - `remove`: the Service with its EndpointSlices and Endpoints
 *
 * @public
 */
export type ManifestChange =
  | { action: 'add'; path: string; manifests: Manifest[] }
  | {
      action: 'retarget';
      mapping: MappingSelector;
      target: FlatExternalService['target'];
    }
  | {
      action: 'ports';
      mapping: MappingSelector;
      ports: ExternalServicePort[];
    }
  | { action: 'rename'; mapping: MappingSelector; name: string }
  | { action: 'remove'; mapping: MappingSelector };
