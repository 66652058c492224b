/**
 * Options of `editManifests`.
 *
 * @public
 */
export interface EditOptions {
  /** Names that mark a directory as an environment's, as for `collectExternalServices`. Default: none. */
  environments?: string[];
  /** Kind that holds the addresses of what was an alias. Default: `EndpointSlice`. */
  endpoints?: 'EndpointSlice' | 'Endpoints';
}
