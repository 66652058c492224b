import type { Protocol } from '../model/ExternalService';

/**
 * Metadata that the product reads and writes.
 *
 * @public
 */
export interface ManifestMetadata {
  name: string;
  namespace?: string;
  labels?: Record<string, string>;
  annotations?: Record<string, string>;
}

/**
 * The part of `v1` Service that an external service uses.
 *
 * @public
 */
export interface ServiceManifest {
  apiVersion: 'v1';
  kind: 'Service';
  metadata: ManifestMetadata;
  spec: {
    type?: 'ExternalName' | 'ClusterIP';
    externalName?: string;
    clusterIP?: 'None';
    ipFamilies?: ('IPv4' | 'IPv6')[];
    ipFamilyPolicy?: 'SingleStack' | 'PreferDualStack' | 'RequireDualStack';
    ports?: {
      name?: string;
      port: number;
      targetPort?: number;
      protocol: Protocol;
      appProtocol?: string;
    }[];
    sessionAffinity?: 'ClientIP';
    sessionAffinityConfig?: { clientIP: { timeoutSeconds: number } };
    publishNotReadyAddresses?: boolean;
  };
}

/**
 * A port of Endpoints and EndpointSlices: the one the target listens on.
 *
 * @public
 */
export interface EndpointPortManifest {
  name?: string;
  port: number;
  protocol: Protocol;
  appProtocol?: string;
}

/**
 * The part of `discovery.k8s.io/v1` EndpointSlice that an external service uses.
 *
 * @public
 */
export interface EndpointSliceManifest {
  apiVersion: 'discovery.k8s.io/v1';
  kind: 'EndpointSlice';
  metadata: ManifestMetadata;
  addressType: 'IPv4' | 'IPv6';
  ports: EndpointPortManifest[];
  endpoints: { addresses: [string]; hostname?: string }[];
}

/**
 * The part of `v1` Endpoints that an external service uses.
 *
 * @public
 */
export interface EndpointsManifest {
  apiVersion: 'v1';
  kind: 'Endpoints';
  metadata: ManifestMetadata;
  subsets: {
    addresses: { ip: string; hostname?: string }[];
    ports: EndpointPortManifest[];
  }[];
}

/**
 * A manifest as the product writes it.
 *
 * @public
 */
export type Manifest =
  | ServiceManifest
  | EndpointSliceManifest
  | EndpointsManifest;
