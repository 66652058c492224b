import {
  deriveChecks,
  deriveState,
  diffExternalServices,
  Finding,
  FlatExternalService,
  isDnsTarget,
  Manifest,
  ManifestObject,
  MappingKind,
  MappingLine,
  syncOf,
} from '@external-services/backstage-plugin-external-services-common';
import { stringifyManifests } from '@external-services/backstage-plugin-external-services-common/yaml';
import type { ScmIntegrationRegistry } from '@backstage/integration';
import type { ExternalServicesConfig } from '../config/ExternalServicesConfig';
import { memoise } from '../memoise';
import type { RepositoryObservation } from './EntityObservations';
import type { DeclaredMapping } from './DeclaredMapping';
import type { JoinContext } from './JoinContext';
import type { JoinedCluster, LiveJoin } from './joinLive';
import type { Declared } from './readDeclared';
import { type KnownNames, resolutionOf } from './resolutionOf';
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

/** Findings of one service that an answer has room for. */
const MAX_FINDINGS = 50;

/**
 * Joins what a repository declares with what clusters run and DNS says.
 *
 * @internal
 */
export function mappingLine(
  mapping: DeclaredMapping,
  { observation, findingsOf }: Declared,
  live: LiveJoin,
  names: KnownNames,
  context: JoinContext,
): NamedLine {
  return {
    name: mapping.service.name,
    line: toLine({
      mapping,
      findings: findingsOf(mapping),
      joined: live.clustersOf(mapping) ?? [],
      observation,
      names,
      context,
    }),
  };
}

const yamlOfObjects = memoise((objects: ManifestObject[]) =>
  yamlOf(objects.map(({ manifest }) => manifest)),
);

/** Undefined where nothing was read. */
const urlOf = memoise(
  (
    integrations: ScmIntegrationRegistry,
    { path = '', line }: ManifestObject,
    root: string | undefined,
  ): string | undefined =>
    root
      ? integrations.resolveUrl({
          url: `/${path}`,
          base: root,
          lineNumber: line,
        })
      : undefined,
);

function toLine({
  mapping: { service: declared, objects },
  findings,
  joined,
  observation,
  names,
  context,
}: {
  mapping: DeclaredMapping;
  findings: Finding[];
  joined: JoinedCluster[];
  observation: RepositoryObservation;
  names: KnownNames;
  context: JoinContext;
}): MappingLine {
  const { config, now } = context;
  const namespace =
    declared.namespace ??
    config.environments.find(({ name }) => name === declared.environment)
      ?.namespace ??
    onlyNamespace(joined);
  const service = { ...declared, namespace };
  const { resolution, staleAt } = resolutionOf(service, names, config, now);
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
  const url = urlOf(
    context.integrations,
    objects[0],
    observation.interest.root,
  );
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
    findings: findings.slice(0, MAX_FINDINGS),
    checks: deriveChecks(evidence),
    yaml: yamlOfObjects(objects),
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

/** Where it runs does not matter. */
const runDifferently = memoise(
  (one: FlatExternalService, other: FlatExternalService) =>
    diffExternalServices(one, other).some(({ field }) => field !== 'namespace'),
);

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
      runDifferently(first.service, other.service) ||
      first.selector !== other.selector,
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
