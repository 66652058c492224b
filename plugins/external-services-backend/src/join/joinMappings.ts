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
import { mappingLine, NamedLine } from './mappingLine';
import type { EntityObservations } from './EntityObservations';
import { type Declared, readDeclared } from './readDeclared';
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

/** Findings of files that an answer has room for. */
const MAX_FINDINGS = 200;

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
  const steps = joinInSteps(observations, context);
  for (;;) {
    const step = steps.next();
    if (step.done) {
      return step.value;
    }
  }
}

/**
 * As {@link joinMappings}, in steps of some milliseconds at most: an entity may have
 * hundreds of services, and who runs it has other things to do in between.
 *
 * @internal
 */
export function* joinInSteps(
  observations: EntityObservations,
  context: JoinContext,
): Generator<undefined, JoinedMappings> {
  const declared: Declared[] = [];
  for (const repository of observations.repositories) {
    declared.push(readDeclared(repository, context.config));
    yield;
  }
  const live = joinLive(
    declared.flatMap(({ mappings }) => mappings),
    observations,
    context,
  );
  yield;
  const names = {
    dns: observations.dns,
    asked: new Set(
      observations.repositories.flatMap(({ files }) =>
        files.flatMap(({ targets }) => targets),
      ),
    ),
  };
  const lines: NamedLine[] = [];
  for (const repository of declared) {
    for (const mapping of repository.mappings) {
      lines.push(mappingLine(mapping, repository, live, names, context));
      yield;
    }
  }
  lines.push(...undeclaredLines(live.undeclared, observations.entity, context));
  yield;
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
    findings: boundedFindings([
      ...declared.flatMap(({ findings }) => findings),
      ...observations.repositories.flatMap(repository =>
        capFindings(repository, context.config),
      ),
      ...(observations.entity.ignored ?? []).map(
        (name): Finding => ({
          code: 'bad-value',
          severity: 'warning',
          path: '',
          message: `The annotation backstage.io/${name} says nothing that a cluster can have, so nothing is found by it.`,
          hint: 'Names and label values have at most 63 letters, digits, dots, dashes and underscores.',
        }),
      ),
      ...quiet.flatMap(({ interest }): Finding[] =>
        interest.problem
          ? [{ severity: 'info', path: '', ...interest.problem }]
          : [],
      ),
    ]),
    ...(seenAt && { seenAt }),
  };
}

function boundedFindings(findings: Finding[]): Finding[] {
  const more = findings.length - MAX_FINDINGS;
  return more <= 0
    ? findings
    : [
        ...findings.slice(0, MAX_FINDINGS),
        {
          code: 'repository-capped',
          severity: 'info',
          path: '',
          message: `${more} more findings are not shown here.`,
        },
      ];
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
  return sortMappings(
    [...groups.values()].map(group => toMapping(group, context)),
  );
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

/** Worst first, then production first, then by name. */
function sortMappings(mappings: Mapping[]): Mapping[] {
  const order = new Intl.Collator('en').compare;
  return mappings
    .map(mapping => ({ mapping, first: headline(mapping.lines) }))
    .sort(
      (a, b) =>
        compareDerivedStates(a.first, b.first) ||
        Number(isProduction(b.first)) - Number(isProduction(a.first)) ||
        order(a.mapping.name, b.mapping.name) ||
        order(a.mapping.id, b.mapping.id),
    )
    .map(({ mapping }) => mapping);
}

function isProduction({ environment }: MappingLine): boolean {
  return environment?.production ?? false;
}
