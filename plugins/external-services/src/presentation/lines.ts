import type {
  Mapping,
  MappingLine,
  MappingsResponse,
  SourceStatus,
  Target,
} from '@external-services/backstage-plugin-external-services-common';
import { needsAttention } from './stateLook';

/** The name a person reads: `name.namespace`, or `name` while the namespace is open. */
export function shortName(mapping: Pick<Mapping, 'name' | 'namespace'>) {
  return mapping.namespace
    ? `${mapping.name}.${mapping.namespace}`
    : mapping.name;
}

/** A key for each line, that of its environment; a repeated one is numbered. */
export function lineKeys(lines: MappingLine[]): string[] {
  const count = new Map<string, number>();
  return lines.map(({ environment }) => {
    const name = environment?.name ?? '';
    const before = count.get(name) ?? 0;
    count.set(name, before + 1);
    return before > 0 ? `${name}#${before}` : name;
  });
}

/** The hosts or addresses of a target as text. */
export function targetTexts(target: Target): string[] {
  return 'dnsName' in target ? [target.dnsName] : target.addresses;
}

/**
 * How many problems a line has. One reason may stand for several findings; its
 * parameter `count` then says for how many.
 */
export function countProblems(line: MappingLine): number {
  return line.reasons
    .filter(({ state }) => needsAttention(state))
    .reduce(
      (sum, { state, params }) =>
        sum + (state === 'invalid' ? Number(params.count ?? 1) : 1),
      0,
    );
}

/** How many services need attention. */
export function countAttention(items: Mapping[]): number {
  return items.filter(item => needsAttention(item.state)).length;
}

/** True while something is still on its way, so that asking again soon is worth it. */
export function isSettling(response: MappingsResponse): boolean {
  return (
    response.sources.some(source => source.status === 'pending') ||
    response.items.some(item =>
      item.lines.some(
        line =>
          line.state === 'checking' || line.resolution.status === 'pending',
      ),
    )
  );
}

/** The source of the entity's own files. */
export function repositoryOf(
  sources: SourceStatus[],
): SourceStatus | undefined {
  return sources.find(({ kind }) => kind === 'repository');
}
