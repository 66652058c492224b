import {
  compareDerivedStates,
  Finding,
  headlineOf,
  inClusterName,
  Mapping,
  MappingLine,
  MappingsResponse,
  SourceStatus,
} from '@external-services/backstage-plugin-external-services-common';
import { type ClusterKnowledge, clusterSourceStatus } from './clusterKnowledge';
import { joinLive, LiveJoin } from './joinLive';
import type { JoinContext } from './JoinContext';
import { mappingLines, NamedLine } from './mappingLines';
import type { EntityObservations } from './EntityObservations';
import { readDeclared } from './readDeclared';
import { capFindings, sourceStatus } from './sourceStatus';
import { undeclaredLines } from './undeclaredLines';
import { viewpointSources } from './viewpointSources';

/**
 * The answer about one entity, whole and without what the caller may do.
 *
 * @internal
 */
export type JoinedMappings = Pick<
  MappingsResponse,
  'items' | 'sources' | 'findings' | 'seenAt'
>;

/**
 * Joins everything that is stored about an entity. Total: what is broken or
 * missing is a finding or a source's status and hides nothing else.
 *
 * @internal
 */
export function joinMappings(
  observations: EntityObservations,
  context: JoinContext,
): JoinedMappings {
  const declared = observations.repositories.map(repository =>
    readDeclared(repository, context.config),
  );
  const live = joinLive(
    declared.flatMap(({ mappings }) => mappings),
    observations,
    context,
  );
  const lines = [
    ...declared.flatMap(repository =>
      mappingLines(repository, live, observations.dns, context),
    ),
    ...undeclaredLines(live.undeclared, observations.entity, context),
  ];
  const quiet = observations.repositories.filter(isQuiet);
  const sources = [
    ...observations.repositories
      .filter(repository => !quiet.includes(repository))
      .map(sourceStatus),
    ...clusterSources(lines, live, context),
  ];
  // Names are asked for when their answers end, however old those may get.
  const [seenAt] = sources.flatMap(source => source.seenAt ?? []).sort();
  return {
    items: groupLines(lines, context),
    sources: [...sources, ...viewpointSources(observations.dns, context)],
    findings: [
      ...declared.flatMap(({ findings }) => findings),
      ...observations.repositories.flatMap(repository =>
        capFindings(repository, context.config),
      ),
      ...quiet.flatMap(({ interest }): Finding[] =>
        interest.problem
          ? [{ severity: 'info', path: '', ...interest.problem }]
          : [],
      ),
    ],
    ...(seenAt && { seenAt }),
  };
}

/** The clusters that lines are compared with, in the configured order. */
function clusterSources(
  lines: NamedLine[],
  { knowledgeOf }: LiveJoin,
  { config }: JoinContext,
): SourceStatus[] {
  const compared = new Map<string, Set<ClusterKnowledge>>();
  for (const { name, namespace } of lines.flatMap(
    ({ line }) => line.clusters ?? [],
  )) {
    const knowledge = knowledgeOf(name, namespace);
    if (knowledge) {
      compared.set(name, (compared.get(name) ?? new Set()).add(knowledge));
    }
  }
  return config.clusters.flatMap(({ name }) => {
    const statuses = [...(compared.get(name) ?? [])].map(clusterSourceStatus);
    // Where they do not agree, the namespace with a problem is what matters.
    const worst = statuses.find(({ error }) => error) ?? statuses[0];
    return worst ?? [];
  });
}

/**
 * Nobody asked for files of an entity without annotation, so that it is no
 * failure when they cannot be looked for, only a note.
 */
function isQuiet({
  interest,
}: EntityObservations['repositories'][number]): boolean {
  return interest.mode === 'conventional' && interest.problem !== undefined;
}

/**
 * Lines of one name are one mapping, one for each environment; where an
 * environment has the name twice, the namespaces tell them apart.
 */
function groupLines(named: NamedLine[], context: JoinContext): Mapping[] {
  const namespaces = new Map<string, Set<string | undefined>>();
  for (const entry of named) {
    const place = placeOf(entry);
    const seen = namespaces.get(place) ?? new Set();
    namespaces.set(place, seen.add(entry.line.namespace));
  }
  const groups = new Map<string, NamedLine[]>();
  for (const entry of named) {
    const { name, line } = entry;
    const ambiguous = (namespaces.get(placeOf(entry))?.size ?? 0) > 1;
    const key = ambiguous ? `${line.namespace ?? ''}/${name}` : `*/${name}`;
    const group = groups.get(key) ?? [];
    groups.set(key, group);
    group.push(entry);
  }
  return [...groups.values()]
    .map(group => toMapping(group, context))
    .sort(compareMappings);
}

/** The name within its environment. */
function placeOf({ name, line }: NamedLine): string {
  return JSON.stringify([name, line.environment?.name]);
}

function toMapping(group: NamedLine[], { config }: JoinContext): Mapping {
  const [{ name }] = group;
  const order = config.environments.map(environment => environment.name);
  const place = ({ environment }: MappingLine) => {
    const index = environment ? order.indexOf(environment.name) : 0;
    // Those that nobody configured come last.
    return index < 0 ? order.length : index;
  };
  const lines = group
    .map(({ line }) => line)
    .sort((a, b) => place(a) - place(b));
  const namespaces = new Set(lines.map(line => line.namespace));
  const [namespace] = namespaces.size === 1 ? namespaces : [];
  return {
    id: `${namespace ?? ''}/${name}`,
    name,
    ...(namespace && { namespace }),
    fullName: inClusterName({ name, namespace }, config.clusterDomain),
    kind: lines[0].kind,
    ports: lines[0].ports,
    state: headline(lines).state,
    lines,
  };
}

/** Lines come in groups, of which none is empty. */
function headline(lines: MappingLine[]): MappingLine {
  return headlineOf(lines) ?? lines[0];
}

/**
 * Worst first, then production first, then by name.
 *
 * @internal
 */
export function compareMappings(a: Mapping, b: Mapping): number {
  const [first, second] = [headline(a.lines), headline(b.lines)];
  return (
    compareDerivedStates(first, second) ||
    Number(isProduction(second)) - Number(isProduction(first)) ||
    a.name.localeCompare(b.name, 'en') ||
    a.id.localeCompare(b.id, 'en')
  );
}

function isProduction({ environment }: MappingLine): boolean {
  return environment?.production ?? false;
}
