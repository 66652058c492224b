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
  production: boolean;
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
  environments: EnvironmentConfig[];
  policies: TargetPolicies;
  /** At least one; the first is the default viewpoint. */
  resolvers: ResolverConfig[];
  resolution: { minTtlMs: number };
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
