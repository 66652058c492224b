/**
 * What of an external service can differ between a repository and a cluster.
 * `kind` is a MappingKind without telling direct addresses apart, which `headless` does;
 * `selector` is one that nobody declared.
 *
 * @public
 */
export type DifferenceField =
  | 'name'
  | 'namespace'
  | 'kind'
  | 'target'
  | 'addresses'
  | 'headless'
  | 'hostnames'
  | 'ports'
  | 'sessionAffinity'
  | 'publishNotReadyAddresses'
  | 'labels'
  | 'annotations'
  | 'selector';

/**
 * One field that differs. Of lists and maps only what differs is named, at most
 * ten of it; an empty text means that there is nothing on that side.
 *
 * @public
 */
export interface Difference {
  field: DifferenceField;
  declared: string;
  live: string;
}
