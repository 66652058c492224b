import { isIP } from 'node:net';
import type { Config } from '@backstage/config';
import { InputError, toError } from '@backstage/errors';
import {
  readTargetPolicies,
  type TargetPolicies,
} from '@external-services/backstage-plugin-external-services-common';
import {
  domains,
  duration,
  positive,
  refuseDuplicates,
  ROOT,
} from './configValues';
import type {
  ClusterConfig,
  EnvironmentConfig,
  ExternalServicesConfig,
  ResolverConfig,
  ServerAddress,
} from './ExternalServicesConfig';
import { readClusters } from './readClusters';

const SYSTEM_NAMESPACES = ['kube-system', 'kube-public', 'kube-node-lease'];
const DNS_PORT = 53;

/**
 * Reads the configuration of the plugin and applies the defaults of `config.d.ts`.
 *
 * @param systemServers - DNS servers of the machine, for resolvers that name none
 * @throws InputError that names the key and the fix
 * @internal
 */
export function readExternalServicesConfig(
  rootConfig: Config,
  systemServers: string[],
): ExternalServicesConfig {
  const config = rootConfig.getOptionalConfig(ROOT);
  const resolvers = readResolvers(config, systemServers);
  // Without this key the Kubernetes plugin does nothing.
  const kubernetesPlugin =
    config?.getOptionalBoolean('clusterSource.kubernetesPlugin') ??
    rootConfig.has('kubernetes');
  const clusters = readClusters(rootConfig, kubernetesPlugin);
  return {
    clusterDomain:
      config?.getOptionalString('clusterDomain') ?? 'cluster.local',
    clusters,
    clusterSource: {
      kubernetesPlugin,
      ignoreNamespaces:
        config?.getOptionalStringArray('clusterSource.ignoreNamespaces') ??
        SYSTEM_NAMESPACES,
      staleAfterMs: duration(config, 'clusterSource.staleAfter', {
        seconds: 150,
      }),
      graceMs: duration(config, 'clusterSource.grace', { minutes: 15 }),
    },
    environments: readEnvironments(
      config,
      resolvers,
      clusters,
      kubernetesPlugin,
    ),
    policies: readPolicies(rootConfig),
    resolvers,
    resolution: {
      minTtlMs: duration(config, 'resolution.minTtl', { seconds: 30 }),
      allow: domains(config, 'resolution.allow'),
      deny: domains(config, 'resolution.deny'),
    },
    history: {
      maxAgeMs: duration(config, 'history.maxAge', { days: 90 }),
      maxPerLine: positive(config, 'history.maxPerLine', 200),
    },
    reading: {
      allow: (config?.getOptionalConfigArray('reading.allow') ?? []).map(
        allowed => ({
          host: allowed.getString('host'),
          owners: allowed.getStringArray('owners'),
        }),
      ),
    },
    repositories: {
      scheduleMs: duration(config, 'repositories.schedule', { minutes: 5 }),
      freshForMs: duration(config, 'repositories.freshFor', { seconds: 60 }),
      maxFiles: positive(config, 'repositories.maxFiles', 200),
      maxBytes: positive(config, 'repositories.maxBytes', 1_000_000),
      timeoutMs: duration(config, 'repositories.timeout', { seconds: 30 }),
    },
    templates: {
      add: template(config, 'add', 'external-service'),
      retarget: template(config, 'retarget', 'external-service-retarget'),
      remove: template(config, 'remove', 'external-service-remove'),
      check: template(config, 'check', 'external-service-check'),
    },
  };
}

function template(config: Config | undefined, key: string, name: string) {
  return (
    config?.getOptionalString(`templates.${key}`) ?? `template:default/${name}`
  );
}

function readPolicies(rootConfig: Config): TargetPolicies {
  try {
    return readTargetPolicies(rootConfig.getOptional(ROOT));
  } catch (error) {
    throw new InputError(toError(error).message);
  }
}

function readEnvironments(
  config: Config | undefined,
  resolvers: ResolverConfig[],
  clusters: ClusterConfig[],
  mayBeMore: boolean,
): EnvironmentConfig[] {
  const isKnown = (cluster: string) =>
    mayBeMore || clusters.some(({ name }) => name === cluster);
  const environments = (
    config?.getOptionalConfigArray('environments') ?? []
  ).map(environment => {
    const name = environment.getString('name');
    return {
      name,
      title: environment.getOptionalString('title') ?? name,
      namespace: environment.getOptionalString('namespace'),
      resolver: environment.getOptionalString('resolver'),
      clusters:
        environment.getOptionalStringArray('clusters') ??
        [name].filter(isKnown),
      production:
        environment.getOptionalBoolean('production') ??
        (name === 'prod' || name === 'production'),
    };
  });
  refuseDuplicates('environments', environments);
  environments.forEach(({ resolver, clusters: named }, index) => {
    named.forEach((cluster, position) => {
      if (!isKnown(cluster)) {
        throw new InputError(
          `${ROOT}.environments[${index}].clusters[${position}] is '${cluster}', but there is no such cluster. ${
            clusters.length > 0
              ? `Use one of: ${clusters.map(({ name }) => name).join(', ')}`
              : `Add it to ${ROOT}.clusters`
          }`,
        );
      }
    });
    if (resolver && !resolvers.some(({ name }) => name === resolver)) {
      throw new InputError(
        `${ROOT}.environments[${index}].resolver is '${resolver}', but ${ROOT}.resolvers has no such name. ` +
          `Use one of: ${resolvers.map(({ name }) => name).join(', ')}`,
      );
    }
  });
  return environments;
}

function readResolvers(
  config: Config | undefined,
  systemServers: string[],
): ResolverConfig[] {
  const configured = config?.getOptionalConfigArray('resolvers') ?? [];
  const resolvers = configured.map((resolver, index) => {
    const name = resolver.getString('name');
    const servers = resolver.getOptionalStringArray('servers');
    if (servers?.length === 0) {
      throw new InputError(
        `${ROOT}.resolvers[${index}].servers is empty. Name a server, or leave it out for those of the system`,
      );
    }
    return {
      name,
      title: resolver.getOptionalString('title') ?? name,
      servers: (servers ?? systemServers).map((server, position) =>
        readServer(server, `${ROOT}.resolvers[${index}].servers[${position}]`),
      ),
      timeoutMs: duration(resolver, 'timeout', { seconds: 2 }),
    };
  });
  refuseDuplicates('resolvers', resolvers);
  if (resolvers.length > 0) {
    return resolvers;
  }
  return [
    {
      name: 'portal',
      title: 'the portal',
      servers: systemServers.map(server =>
        readServer(server, 'the DNS servers of the system'),
      ),
      timeoutMs: 2_000,
    },
  ];
}

function readServer(text: string, key: string): ServerAddress {
  const withPort =
    /^\[(.+)\]:(\d{1,5})$/.exec(text) ?? /^([^:]+):(\d{1,5})$/.exec(text);
  const host = withPort?.[1] ?? text;
  const port = withPort ? Number(withPort[2]) : DNS_PORT;
  if (!isIP(host) || port < 1 || port > 65535) {
    throw new InputError(
      `${key} is '${text}'. Write an IP address with an optional port, for example 10.0.0.53 or [2001:db8::53]:53`,
    );
  }
  return { host, port };
}
