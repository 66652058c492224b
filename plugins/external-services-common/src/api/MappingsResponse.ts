import type { Finding } from '../validation/Finding';
import type { Mapping } from './Mapping';
import type { SourceStatus } from './SourceStatus';

/**
 * Answer of `GET /entities/:kind/:namespace/:name/mappings`.
 *
 * @public
 */
export interface MappingsResponse {
  /** Worst first. */
  items: Mapping[];
  sources: SourceStatus[];
  /** Findings that belong to a file and not to a mapping. */
  findings: Finding[];
  /** ISO 8601; when the oldest evidence in this answer was seen. Absent while nothing was read. */
  seenAt?: string;
  /** What the caller may do; a template is absent when it is missing or hidden. */
  actions: { refresh: boolean; addTemplate?: string };
}
