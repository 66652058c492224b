/**
 * A repository of a Git host.
 *
 * @public
 */
export interface RepositoryPlace {
  /** Host, with its port when it has one. */
  host: string;
  /** Owner and name, `shop/orders` or `group/sub/orders`, without slashes at its ends. */
  path: string;
  /** True where the host takes `Shop/Orders` for the same. */
  ignoresCase: boolean;
}

/**
 * Owners whose repositories the operator opens to all entities.
 *
 * @public
 */
export interface AllowedRepositories {
  /** Host, with its port when it has one. */
  host: string;
  owners: string[];
}

/**
 * True when both are one repository. Whoever writes an entity writes its source
 * location too, and could name a repository that only the portal's token may read; so
 * without further leave an entity is taken at its word only for the repository that
 * the catalog read it from.
 *
 * @public
 */
export function isSameRepository(
  one: RepositoryPlace,
  other: RepositoryPlace,
): boolean {
  const path = (place: RepositoryPlace) =>
    place.ignoresCase ? place.path.toLowerCase() : place.path;
  return (
    one.host.toLowerCase() === other.host.toLowerCase() &&
    path(one) === path(other)
  );
}

/**
 * True for a repository of an owner that the operator allows, or of a group below it.
 *
 * @public
 */
export function isAllowedRepository(
  { host, path }: Pick<RepositoryPlace, 'host' | 'path'>,
  allowed: readonly AllowedRepositories[],
): boolean {
  return allowed.some(
    entry =>
      entry.host.toLowerCase() === host.toLowerCase() &&
      entry.owners.some(owner =>
        path.toLowerCase().startsWith(`${owner.toLowerCase()}/`),
      ),
  );
}

/** Hosts that take upper case for lower case in owners and names. */
const IGNORE_CASE = new Set([
  'azure',
  'bitbucketCloud',
  'bitbucketServer',
  'gitea',
  'github',
  'gitlab',
]);

/**
 * Whether hosts of an integration type of Backstage take upper case for lower case in
 * the names of repositories; unknown ones are taken not to.
 *
 * @public
 */
export function ignoresCase(integrationType: string): boolean {
  return IGNORE_CASE.has(integrationType);
}
