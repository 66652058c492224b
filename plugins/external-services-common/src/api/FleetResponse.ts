import type { Mapping, MappingLine } from './Mapping';

/**
 * How a line leads to a target: by the name itself, by way of an alias, or to the
 * same address today.
 *
 * @public
 */
export type TargetMatch = 'name' | 'alias' | 'address';

/**
 * What the fleet says of a line: all but what is read one at a time, and ages.
 *
 * @public
 */
export type FleetLine = Pick<
  MappingLine,
  | 'environment'
  | 'kind'
  | 'target'
  | 'ports'
  | 'namespace'
  | 'state'
  | 'reasons'
  | 'since'
  | 'stale'
  | 'sync'
> & {
  /** What the name resolved to when it last changed; empty for fixed addresses. */
  addresses: string[];
};

/**
 * One row of the fleet: a mapping in one environment, with the entity it belongs to.
 *
 * @public
 */
export interface FleetItem
  extends Pick<Mapping, 'id' | 'name' | 'namespace' | 'fullName'> {
  entityRef: string;
  owner?: string;
  line: FleetLine;
  /** ISO 8601; when its state, its target or its addresses last changed, as far as is known. */
  changedAt: string;
  /** In `GET /targets/:target`: the surest of the ways in which it leads there. */
  match?: TargetMatch;
}

/**
 * Answer of `GET /mappings` and `GET /targets/:target`.
 *
 * @public
 */
export interface FleetResponse {
  /** Worst first, then production first, then by name. */
  items: FleetItem[];
  /** Opaque; absent on the last page. A page may be short, or empty, and yet have one. */
  nextCursor?: string;
}
