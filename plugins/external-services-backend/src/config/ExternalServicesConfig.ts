import type {
  ServiceTemplates,
  TargetPolicies,
} from '@external-services/backstage-plugin-external-services-common';

/**
 * An environment as configured.
 *
 * @internal
 */
export interface EnvironmentConfig {
  name: string;
  title: string;
  namespace?: string;
  resolver?: string;
  /**
   * Names of the clusters that run it. Where the Kubernetes plugin is asked, one with
   * the name of the environment may be missing: see `withListedClusters`.
   */
  clusters: string[];
  production: boolean;
}

/**
 * How a cluster is reached, or why it cannot be.
 *
 * @internal
 */
export type ClusterAccess =
  | { kind: 'kubeconfig'; path: string; context?: string }
  | { kind: 'in-cluster' }
  /** By the proxy of the Kubernetes plugin, which has the credentials. */
  | { kind: 'kubernetes-plugin' }
  | {
      kind: 'token';
      url: string;
      token: string;
      /** PEM in base64. */
      caData?: string;
      caFile?: string;
      skipTLSVerify: boolean;
    }
  | { kind: 'not-collectable'; reason: string };

/**
 * A cluster as configured.
 *
 * @internal
 */
export interface ClusterConfig {
  name: string;
  title: string;
  access: ClusterAccess;
  /** The only namespaces that are looked at. Default: all. */
  namespaces?: string[];
}

/**
 * How clusters are read.
 *
 * @internal
 */
export interface ClusterSourceConfig {
  /** True when the Kubernetes plugin is asked which clusters there are besides. */
  kubernetesPlugin: boolean;
  ignoreNamespaces: string[];
  /** What was not heard of for longer is shown as old. */
  staleAfterMs: number;
  /** How long after a merge a difference is no problem. */
  graceMs: number;
}

/**
 * One DNS server.
 *
 * @internal
 */
export interface ServerAddress {
  /** IP literal. */
  host: string;
  port: number;
}

/**
 * A viewpoint that DNS is asked from.
 *
 * @internal
 */
export interface ResolverConfig {
  name: string;
  title: string;
  servers: ServerAddress[];
  timeoutMs: number;
}

/**
 * The plugin's configuration with all defaults applied.
 *
 * @internal
 */
export interface ExternalServicesConfig {
  clusterDomain: string;
  clusters: ClusterConfig[];
  clusterSource: ClusterSourceConfig;
  environments: EnvironmentConfig[];
  policies: TargetPolicies;
  /** At least one; the first is the default viewpoint. */
  resolvers: ResolverConfig[];
  resolution: {
    minTtlMs: number;
    /** The only domains whose names are looked up. Empty: all but the usual ones. */
    allow: string[];
    /** Domains whose names are not looked up. */
    deny: string[];
  };
  /** What is remembered of each line. */
  history: { maxAgeMs: number; maxPerLine: number };
  reading: { allow: { host: string; owners: string[] }[] };
  repositories: {
    scheduleMs: number;
    /** Someone who looks gets a reading no older than this. */
    freshForMs: number;
    maxFiles: number;
    maxBytes: number;
    timeoutMs: number;
  };
  templates: Required<ServiceTemplates>;
}
