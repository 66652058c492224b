/**
 * The protocols a Service port can carry.
 * Source: Kubernetes `core/v1` Protocol.
 *
 * @public
 */
export type Protocol = 'TCP' | 'UDP' | 'SCTP';

/**
 * One port of an external service.
 *
 * @public
 */
export interface ExternalServicePort {
  /** DNS label; required by Kubernetes as soon as there are two ports. Default: none. */
  name?: string;
  /** The port the application uses, 1 to 65535. */
  port: number;
  /** The port the target listens on; fixed addresses only. Default: `port`. */
  targetPort?: number;
  protocol: Protocol;
  /** Application protocol hint, for example `https`. Default: none. */
  appProtocol?: string;
}

/**
 * A target known by its DNS name: becomes a Service of type ExternalName.
 *
 * @public
 */
export interface DnsTarget {
  /** Lower case, no scheme, no port; IDN as punycode. */
  dnsName: string;
}

/**
 * A target known by its IP addresses: becomes a Service without selector plus
 * EndpointSlices (or Endpoints).
 *
 * @public
 */
export interface AddressTarget {
  /** IPv4 or canonical IPv6 (RFC 5952). */
  addresses: string[];
  /** True for a headless Service: the application gets the addresses themselves. Default: false. */
  headless?: boolean;
  /**
   * Names of single addresses, by address: with `db-0` the address also answers to
   * `db-0.<service>.<namespace>.svc`. DNS labels; headless only. Default: none.
   */
  hostnames?: Record<string, string>;
}

/**
 * Keeps the connections of one client on one address.
 * Source: Kubernetes `core/v1` SessionAffinity `ClientIP`.
 *
 * @public
 */
export interface SessionAffinity {
  /** Seconds that a client may be silent for, 1 to 86400. Default: 10800, three hours. */
  timeoutSeconds?: number;
}

/**
 * What a mapping points at.
 *
 * @public
 */
export type Target = DnsTarget | AddressTarget;

/**
 * An external service as one environment sees it: the answer of `resolve`.
 *
 * @public
 */
export interface FlatExternalService {
  /** Name of the Service, a DNS-1035 label. */
  name: string;
  /** Default: none; the deployment decides. */
  namespace?: string;
  target: Target;
  ports: ExternalServicePort[];
  /** Has an effect on fixed addresses behind one cluster address alone. Default: none. */
  sessionAffinity?: SessionAffinity;
  /**
   * Asks those who read it to use addresses that are not ready too; fixed addresses only.
   * kube-proxy and the cluster's DNS go by each address's own readiness instead. Default: false.
   */
  publishNotReadyAddresses?: boolean;
  labels?: Record<string, string>;
  annotations?: Record<string, string>;
  /** Name of the environment this was resolved for. Default: none, it holds in all of them. */
  environment?: string;
}

/**
 * What differs in one environment; what is not given comes from the service itself.
 *
 * @public
 */
export interface EnvironmentOverride {
  target?: Target;
  ports?: ExternalServicePort[];
  namespace?: string;
}

/**
 * An external service with what differs by environment.
 *
 * Without `environments` it holds in every environment. With `environments` it
 * exists in exactly those that are listed.
 *
 * @public
 */
export interface ExternalService {
  name: string;
  namespace?: string;
  /** May be absent when every listed environment brings its own. */
  target?: Target;
  ports: ExternalServicePort[];
  /** For the environments in which it has an effect. */
  sessionAffinity?: SessionAffinity;
  /** For the environments in which it has an effect. */
  publishNotReadyAddresses?: boolean;
  labels?: Record<string, string>;
  annotations?: Record<string, string>;
  environments?: Record<string, EnvironmentOverride>;
}

/**
 * Tells a DNS target from an address target.
 *
 * @public
 */
export function isDnsTarget(target: Target): target is DnsTarget {
  return 'dnsName' in target;
}
