import type { Finding } from '../validation/Finding';
import type { Mapping } from './Mapping';
import type { SourceStatus } from './SourceStatus';

/**
 * The software templates behind the actions of the card, as entity references;
 * one that is missing or hidden from the caller is absent.
 *
 * @public
 */
export interface ServiceTemplates {
  /** Adds a service. */
  add?: string;
  /** Lets a service lead somewhere else. */
  retarget?: string;
  /** Takes a service away. */
  remove?: string;
  /** Checks the files and changes nothing. */
  check?: string;
}

/**
 * Answer of `GET /entities/:kind/:namespace/:name/mappings`.
 *
 * @public
 */
export interface MappingsResponse {
  /** Worst first; those of one page. */
  items: Mapping[];
  /** How many there are on all pages. */
  total: number;
  /** Opaque; absent on the last page. */
  nextCursor?: string;
  sources: SourceStatus[];
  /** Findings that belong to a file and not to a mapping. */
  findings: Finding[];
  /** ISO 8601; when the oldest evidence in this answer was seen. Absent while nothing was read. */
  seenAt?: string;
  /** What the caller may do. */
  actions: { refresh: boolean; templates: ServiceTemplates };
}
