import type { Protocol } from '@external-services/backstage-plugin-external-services-common';
import type { ProtocolId } from './protocols';

/** One host name, or addresses: as a list, or in a text with one on each line. */
export type TargetText = string | string[];

/**
 * A port beside the first one.
 *
 * @internal
 */
export interface MorePort {
  name?: string;
  port: number | string;
  targetPort?: number | string;
  protocol?: Protocol;
  appProtocol?: string;
}

/**
 * What a person asks for, in their own words; unchecked.
 *
 * @internal
 */
export interface ServiceRequest {
  kind: 'dns' | 'addresses';
  /** By environment, where an empty one is left out; a text or list holds in all of them. */
  targets: TargetText | Record<string, TargetText>;
  protocol: ProtocolId;
  /** Default: the protocol's usual port. */
  port?: number | string;
  /** Default: from the target. */
  name?: string;
  namespace?: string;
  /** Fixed addresses only. Default: the port. */
  targetPort?: number | string;
  /** Fixed addresses only. Default: false. */
  headless?: boolean;
  /** Fixed addresses only. Default: EndpointSlice. */
  endpoints?: 'EndpointSlice' | 'Endpoints';
  /** A list, or a text with one on each line, such as `admin 9090`. */
  morePorts?: MorePort[] | string;
  /** Headless only: names of single addresses, by address. Default: none. */
  hostnames?: Record<string, string>;
  /** Addresses behind one cluster address only. Default: none. */
  sessionAffinity?: { timeoutSeconds?: number | string };
  /** Fixed addresses only. Default: false. */
  publishNotReadyAddresses?: boolean;
  labels?: Record<string, string>;
  annotations?: Record<string, string>;
}
