import type { Mapping } from './Mapping';

/**
 * One row of the fleet: a mapping with the entity it belongs to.
 *
 * @public
 */
export interface FleetItem {
  entityRef: string;
  owner?: string;
  mapping: Mapping;
}

/**
 * Answer of `GET /mappings` and `GET /targets/:target`.
 *
 * @public
 */
export interface FleetResponse {
  items: FleetItem[];
  /** Opaque; absent on the last page. A page may be short, or empty, and yet have one. */
  nextCursor?: string;
}
