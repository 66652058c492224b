import {
  collectExternalServices,
  deriveChecks,
  deriveState,
  diffExternalServices,
  Finding,
  FlatExternalService,
  isDnsTarget,
  lintManifests,
  Manifest,
  ManifestObject,
  MappingKind,
  MappingLine,
  syncOf,
  validateManifests,
} from '@external-services/backstage-plugin-external-services-common';
import { stringifyManifests } from '@external-services/backstage-plugin-external-services-common/yaml';
import type { ScmIntegrationRegistry } from '@backstage/integration';
import type { ExternalServicesConfig } from '../config/ExternalServicesConfig';
import { restoreObject } from '../repository/StoredObject';
import type { EntityObservations, RepositoryObservation } from './Observations';
import type { DeclaredMapping, JoinedCluster, LiveJoin } from './joinLive';
import { lintContext } from './lintContext';
import { resolutionOf } from './resolutionOf';
import { shareFindings } from './shareFindings';
import {
  isoTime,
  repositoryStaleAt,
  sourceIdOf,
  sourceStatus,
} from './sourceStatus';

/**
 * A line with the name of its mapping.
 *
 * @internal
 */
export interface NamedLine {
  name: string;
  line: MappingLine;
}

/**
 * What joining needs besides the observations.
 *
 * @internal
 */
export interface JoinContext {
  config: ExternalServicesConfig;
  integrations: ScmIntegrationRegistry;
  /** Milliseconds. */
  now: number;
}

/**
 * What one repository declares for an entity.
 *
 * @internal
 */
export interface Declared {
  observation: RepositoryObservation;
  mappings: DeclaredMapping[];
  findingsOf(mapping: DeclaredMapping): Finding[];
  /** Those that belong to no mapping. */
  findings: Finding[];
}

/**
 * Reads what one repository declares for an entity, and checks it.
 *
 * @internal
 */
export function readDeclared(
  observation: RepositoryObservation,
  { config }: JoinContext,
): Declared {
  const changedAt = new Map<ManifestObject, number>();
  const objects = observation.files.flatMap(file =>
    file.objects.map(stored => {
      const object = restoreObject(stored, file.path);
      if (stored.changedAt !== undefined) {
        changedAt.set(object, stored.changedAt);
      }
      return object;
    }),
  );
  const lint = lintContext(config);
  const mappings = collectExternalServices(objects, {
    environments: lint.environments,
  }).map(mapping => {
    const times = mapping.objects.flatMap(
      object => changedAt.get(object) ?? [],
    );
    return {
      ...mapping,
      ...(times.length > 0 && { changedAt: Math.max(...times) }),
    };
  });
  const found = [
    ...validateManifests(objects),
    ...lintManifests(objects, lint),
  ];
  const { findingsOf, others } = shareFindings(found, objects, mappings);
  return {
    observation,
    mappings,
    findingsOf,
    findings: [...observation.files.flatMap(file => file.findings), ...others],
  };
}

/**
 * Joins what a repository declares with what clusters run and DNS says.
 *
 * @internal
 */
export function mappingLines(
  { observation, mappings, findingsOf }: Declared,
  live: LiveJoin,
  dns: EntityObservations['dns'],
  context: JoinContext,
): NamedLine[] {
  return mappings.map(mapping => ({
    name: mapping.service.name,
    line: toLine({
      mapping,
      findings: findingsOf(mapping),
      joined: live.clustersOf(mapping) ?? [],
      observation,
      dns,
      context,
    }),
  }));
}

function toLine({
  mapping: { service: declared, objects },
  findings,
  joined,
  observation,
  dns,
  context,
}: {
  mapping: DeclaredMapping;
  findings: Finding[];
  joined: JoinedCluster[];
  observation: RepositoryObservation;
  dns: EntityObservations['dns'];
  context: JoinContext;
}): MappingLine {
  const { config, now } = context;
  const namespace =
    declared.namespace ??
    config.environments.find(({ name }) => name === declared.environment)
      ?.namespace ??
    onlyNamespace(joined);
  const service = { ...declared, namespace };
  const { resolution, staleAt } = resolutionOf(service, dns, config, now);
  const { path = '', line } = objects[0];
  const evidence = {
    service,
    findings,
    declaration: { path, line },
    clusters: joined.map(({ cluster }) => cluster),
    repository: {
      title: observation.interest.title,
      seenAt: sourceStatus(observation).seenAt,
      staleAt: repositoryStaleAt(observation, config),
    },
    resolution,
    resolutionStaleAt: staleAt,
  };
  const url = lineUrl(observation, path, line, context);
  return {
    ...shapeOf(service, config),
    ...deriveState(evidence, isoTime(now)),
    ...clusterFields(joined),
    resolution,
    declaration: {
      path,
      line,
      ...(url && { url }),
      source: sourceIdOf(observation),
    },
    findings,
    checks: deriveChecks(evidence),
    yaml: yamlOf(objects.map(({ manifest }) => manifest)),
  };
}

/** Where all clusters run it, when neither file nor configuration says. */
function onlyNamespace(joined: JoinedCluster[]): string | undefined {
  const [first, ...others] = joined.flatMap(
    ({ live }) => live?.service.namespace ?? [],
  );
  return others.every(namespace => namespace === first) ? first : undefined;
}

/**
 * What a line says of its service.
 *
 * @internal
 */
export function shapeOf(
  service: FlatExternalService,
  config: ExternalServicesConfig,
): Pick<
  MappingLine,
  'environment' | 'kind' | 'target' | 'ports' | 'namespace'
> {
  const environment = environmentOf(service, config);
  const { target, ports, namespace } = service;
  return {
    ...(environment && { environment }),
    kind: kindOf(service),
    target,
    ports,
    ...(namespace && { namespace }),
  };
}

/**
 * What a line says of its clusters.
 *
 * @internal
 */
export function clusterFields(
  joined: JoinedCluster[],
): Pick<MappingLine, 'sync' | 'clusters' | 'clustersDiffer'> {
  if (joined.length === 0) {
    return { sync: 'unknown' };
  }
  const clusters = joined.map(({ cluster }) => cluster);
  const [first, ...others] = joined.flatMap(({ live }) => live ?? []);
  const differ = others.some(
    other =>
      diffExternalServices(first.service, other.service).some(
        ({ field }) => field !== 'namespace',
      ) || first.selector !== other.selector,
  );
  return {
    sync: syncOf(clusters),
    clusters,
    ...(differ && { clustersDiffer: true }),
  };
}

function environmentOf(
  { environment }: FlatExternalService,
  { environments }: Pick<ExternalServicesConfig, 'environments'>,
): MappingLine['environment'] {
  if (environment === undefined) {
    return undefined;
  }
  const known = environments.find(({ name }) => name === environment);
  return {
    name: environment,
    title: known?.title ?? environment,
    production: known?.production ?? false,
  };
}

function kindOf({ target }: FlatExternalService): MappingKind {
  if (isDnsTarget(target)) {
    return 'dns-alias';
  }
  return target.headless ? 'fixed-addresses-direct' : 'fixed-addresses';
}

function lineUrl(
  { interest }: RepositoryObservation,
  path: string,
  lineNumber: number,
  { integrations }: JoinContext,
): string | undefined {
  return interest.root
    ? integrations.resolveUrl({
        url: `/${path}`,
        base: interest.root,
        lineNumber,
      })
    : undefined;
}

/**
 * Manifests as YAML, or as JSON where they cannot be.
 *
 * @internal
 */
export function yamlOf(manifests: Record<string, unknown>[]): string {
  try {
    // Serialising takes any object; the type only says what the product writes.
    return stringifyManifests(manifests as unknown as Manifest[]);
  } catch {
    // What was never valid may not survive being written as YAML; JSON is YAML too.
    return manifests
      .map(manifest => JSON.stringify(manifest, null, 2))
      .join('\n---\n');
  }
}
