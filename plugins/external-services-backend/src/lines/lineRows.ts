import { createHash } from 'node:crypto';
import {
  isDnsTarget,
  type Mapping,
  type MappingLine,
  type StateCode,
  stateRank,
} from '@external-services/backstage-plugin-external-services-common';
import { contentHash } from '../contentTag';
import { storable } from '../database/storable';
import { LineFacts, lineFacts } from './LineFacts';
import { SearchKey, searchKeys } from './searchKeys';

/**
 * A line as it is stored.
 *
 * @internal
 */
export interface LineRow {
  /** The same for the same entity, name, environment and namespace. */
  id: string;
  /** Of its mapping. */
  position: number;
  linePosition: number;
  /** Of the contents, without ages. */
  hash: string;
  /** Worst first, then production first, then by name. No two are the same. */
  sortKey: string;
  state: StateCode;
  /** Name of the environment. */
  environment?: string;
  /** In lower case. */
  searchText: string;
  /** The mapping without its lines, JSON. */
  mapping: string;
  /** JSON. */
  line: string;
  facts: LineFacts;
  targets: SearchKey[];
}

/** Files may say anything; no name that a cluster takes is longer. */
const MAX_NAME_LENGTH = 253;
const MAX_TEXT_LENGTH = 2_000;
/** Two digits before the point, for as many states as there may be. */
const RANK_LENGTH = 4;

/**
 * The rows of an entity's mappings.
 *
 * @internal
 */
export function lineRows(entityRef: string, mappings: Mapping[]): LineRow[] {
  const seen = new Map<string, number>();
  return mappings.flatMap(({ lines, ...mapping }, position) =>
    lines.map((line, linePosition) => {
      const place = JSON.stringify([
        entityRef,
        mapping.name,
        line.environment?.name,
        line.namespace,
      ]);
      const count = seen.get(place) ?? 0;
      seen.set(place, count + 1);
      const id = idOf(`${place}#${count}`);
      const contents = {
        mapping: JSON.stringify(mapping),
        line: JSON.stringify(line),
      };
      return {
        id,
        position,
        linePosition,
        hash: contentHash(contents.mapping + contents.line),
        sortKey: sortKeyOf(id, mapping.name, line),
        state: line.state,
        ...(line.environment && {
          environment: storable(line.environment.name, MAX_NAME_LENGTH),
        }),
        searchText: searchTextOf(entityRef, mapping, line),
        ...contents,
        facts: lineFacts(mapping.name, line),
        targets: searchKeys(line),
      };
    }),
  );
}

function idOf(text: string): string {
  return createHash('sha256').update(text).digest('hex').slice(0, 32);
}

function sortKeyOf(id: string, name: string, line: MappingLine): string {
  const rank = stateRank(line).toFixed(1).padStart(RANK_LENGTH, '0');
  const production = line.environment?.production ? 0 : 1;
  return `${rank} ${production} ${storable(name, MAX_NAME_LENGTH)} ${id}`;
}

function searchTextOf(
  entityRef: string,
  { name, fullName }: Pick<Mapping, 'name' | 'fullName'>,
  { namespace = '', target }: MappingLine,
): string {
  const text = [
    `${name}.${namespace}`,
    fullName,
    ...(isDnsTarget(target) ? [target.dnsName] : []),
    entityRef,
  ].join('\n');
  return storable(text, MAX_TEXT_LENGTH).toLowerCase();
}
