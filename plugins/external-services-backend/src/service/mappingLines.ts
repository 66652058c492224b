import {
  CollectedExternalService,
  collectExternalServices,
  deriveChecks,
  deriveState,
  Finding,
  FlatExternalService,
  isDnsTarget,
  lintManifests,
  Manifest,
  ManifestObject,
  MappingKind,
  MappingLine,
  validateManifests,
} from '@external-services/backstage-plugin-external-services-common';
import { stringifyManifests } from '@external-services/backstage-plugin-external-services-common/yaml';
import type { ScmIntegrationRegistry } from '@backstage/integration';
import type { ExternalServicesConfig } from '../config/ExternalServicesConfig';
import { restoreObject } from '../repository/StoredObject';
import type { EntityObservations, RepositoryObservation } from './Observations';
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
 * Joins declaration, findings and resolution of everything that one repository
 * declares for an entity. `findings` are those that belong to no mapping.
 *
 * @internal
 */
export function mappingLines(
  observation: RepositoryObservation,
  dns: EntityObservations['dns'],
  context: JoinContext,
): { lines: NamedLine[]; findings: Finding[] } {
  const objects = observation.files.flatMap(file =>
    file.objects.map(object => restoreObject(object, file.path)),
  );
  const lint = lintContext(context.config);
  const collected = collectExternalServices(objects, {
    environments: lint.environments,
  });
  const found = [
    ...validateManifests(objects),
    ...lintManifests(objects, lint),
  ];
  const { findingsOf, others } = shareFindings(found, objects, collected);
  const lines = collected.map(mapping => ({
    name: mapping.service.name,
    line: toLine(mapping, findingsOf(mapping), observation, dns, context),
  }));
  return {
    lines,
    findings: [...observation.files.flatMap(file => file.findings), ...others],
  };
}

function toLine(
  { service: declared, objects }: CollectedExternalService,
  findings: Finding[],
  observation: RepositoryObservation,
  dns: EntityObservations['dns'],
  context: JoinContext,
): MappingLine {
  const { config, now } = context;
  const environment = environmentOf(declared, config);
  const namespace =
    declared.namespace ??
    config.environments.find(({ name }) => name === declared.environment)
      ?.namespace;
  const service = { ...declared, namespace };
  const { resolution, staleAt } = resolutionOf(service, dns, config, now);
  const { path = '', line } = objects[0];
  const evidence = {
    service,
    findings,
    declaration: { path, line },
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
    ...(environment && { environment }),
    kind: kindOf(service),
    target: service.target,
    ports: service.ports,
    ...(namespace && { namespace }),
    ...deriveState(evidence, isoTime(now)),
    sync: 'unknown',
    resolution,
    declaration: {
      path,
      line,
      ...(url && { url }),
      source: sourceIdOf(observation),
    },
    findings,
    checks: deriveChecks(evidence),
    yaml: yamlOf(objects),
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

function yamlOf(objects: ManifestObject[]): string {
  const manifests = objects.map(({ manifest }) => manifest);
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
