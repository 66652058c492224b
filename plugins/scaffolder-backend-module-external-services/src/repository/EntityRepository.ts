import {
  ANNOTATION_LOCATION,
  Entity,
  getEntitySourceLocation,
  parseLocationRef,
} from '@backstage/catalog-model';
import { InputError, NotAllowedError } from '@backstage/errors';
import type { ScmIntegrationRegistry } from '@backstage/integration';
import {
  type AllowedRepositories,
  ignoresCase,
  isAllowedRepository,
  isSameRepository,
  type RepositoryPlace,
} from '@external-services/backstage-plugin-external-services-common';

/** Providers whose stock publish actions can change an existing repository. */
const WRITABLE_PROVIDERS = ['github', 'gitlab'];

/** `/owner/repository` or `/group/sub/repository`, with or without a ref behind it. */
const ROOT = /^\/(.+?)\/([^/]+?)(?:\/(?:-\/)?(?:tree|blob)\/([^/]+))?\/?$/;

/**
 * The repository an entity lives in, as publish and fetch actions want it.
 *
 * @internal
 */
export interface EntityRepository {
  /** Type of the integration, for example `github`. */
  provider: string;
  /** Host, with its port when it has one. */
  host: string;
  owner: string;
  repository: string;
  /** `host?owner=…&repo=…`, the input of the publish actions. */
  repoUrl: string;
  /** Absent when the catalog names none: the default branch. */
  branch?: string;
  /** URL of the repository's root at the branch, for `fetch:plain`. */
  fetchUrl: string;
  /** Path of the entity's source location below the root, empty for the root; a file or a folder. */
  path: string;
  /** The entity's own file below the root. Absent when it is in another repository. */
  catalogInfoPath?: string;
}

/**
 * Finds the repository of an entity by its source location.
 *
 * @throws InputError when the portal has no way to write to that location:
 * not a URL, no integration for its host, a provider without an action that
 * changes repositories, or an integration without credentials while the user
 * brings no token either; NotAllowedError when it is neither the repository that the
 * catalog reads the entity from nor one that the operator allows
 * @internal
 */
export function repositoryOf(
  entity: Entity,
  integrations: ScmIntegrationRegistry,
  options: {
    userToken?: boolean;
    providers?: string[];
    /** Owners that all entities may name. Default: none. */
    allow?: AllowedRepositories[];
  } = {},
): EntityRepository {
  const location = locationOf(entity);
  refuseUserinfo(location.target);
  const integration =
    location.type === 'url' && URL.canParse(location.target)
      ? integrations.byUrl(location.target)
      : undefined;
  if (
    !integration ||
    !WRITABLE_PROVIDERS.includes(integration.type) ||
    (options.providers && !options.providers.includes(integration.type)) ||
    !(options.userToken || hasCredentials(integrations, location.target))
  ) {
    throw notWritable(location.target);
  }
  const fetchUrl = integrations.resolveUrl({ url: '/', base: location.target });
  const root = new URL(fetchUrl);
  const parts = ROOT.exec(decodeURIComponent(root.pathname));
  if (!parts) {
    throw notWritable(location.target);
  }
  const [, owner, repository, branch] = parts;
  const place = {
    host: root.host,
    path: `${owner}/${repository}`,
    ignoresCase: ignoresCase(integration.type),
  };
  const origin = originOf(entity, integrations);
  if (
    !(origin && isSameRepository(origin, place)) &&
    !isAllowedRepository(place, options.allow ?? [])
  ) {
    throw new NotAllowedError(
      `entityRef: ${root.host}/${place.path} is not the repository that the catalog reads ${entity.metadata.name} from. Ask your platform team to add its host and owner to externalServices.reading.allow, or correct backstage.io/source-location.`,
    );
  }
  return {
    provider: integration.type,
    host: root.host,
    owner,
    repository,
    repoUrl: `${root.host}?${new URLSearchParams({ owner, repo: repository })}`,
    ...(branch && { branch }),
    fetchUrl,
    path: pathBelow(root, location.target),
    ...catalogInfoOf(entity, integrations, fetchUrl),
  };
}

/** Root and location differ by nothing but the rest, `blob` and `tree` aside. */
function pathBelow(root: URL, url: string): string {
  return decodeURIComponent(
    new URL(url).pathname.slice(root.pathname.length),
  ).replace(/^\/+|\/+$/g, '');
}

function catalogInfoOf(
  entity: Entity,
  integrations: ScmIntegrationRegistry,
  fetchUrl: string,
): { catalogInfoPath?: string } {
  const annotation = entity.metadata.annotations?.[ANNOTATION_LOCATION];
  const { type, target } = annotation
    ? parseLocationRef(annotation)
    : { type: 'unknown', target: '' };
  const same =
    type === 'url' &&
    URL.canParse(target) &&
    integrations.resolveUrl({ url: '/', base: target }) === fetchUrl;
  return same ? { catalogInfoPath: pathBelow(new URL(fetchUrl), target) } : {};
}

/** The repository that the catalog read the entity from; nobody else writes that annotation. */
function originOf(
  entity: Entity,
  integrations: ScmIntegrationRegistry,
): RepositoryPlace | undefined {
  const annotation = entity.metadata.annotations?.[ANNOTATION_LOCATION];
  if (!annotation) {
    return undefined;
  }
  const { type, target } = parseLocationRef(annotation);
  const integration =
    type === 'url' && URL.canParse(target)
      ? integrations.byUrl(target)
      : undefined;
  if (!integration) {
    return undefined;
  }
  const { host, pathname } = new URL(
    integrations.resolveUrl({ url: '/', base: target }),
  );
  const parts = ROOT.exec(decodeURIComponent(pathname));
  return (
    (parts && {
      host,
      path: `${parts[1]}/${parts[2]}`,
      ignoresCase: ignoresCase(integration.type),
    }) ??
    undefined
  );
}

/** A password in a URL would be told to all who may see the task. */
function refuseUserinfo(location: string) {
  const url = URL.canParse(location) ? new URL(location) : undefined;
  if (url?.username || url?.password) {
    throw new InputError(
      `backstage.io/source-location has a user or password in its URL. Take it out; the portal has credentials of its own for ${url.host}.`,
    );
  }
}

function locationOf(entity: Entity): { type: string; target: string } {
  try {
    return getEntitySourceLocation(entity);
  } catch {
    return { type: 'unknown', target: 'a place the catalog does not know' };
  }
}

function hasCredentials(
  integrations: ScmIntegrationRegistry,
  url: string,
): boolean {
  const github = integrations.github.byUrl(url)?.config;
  const gitlab = integrations.gitlab.byUrl(url)?.config;
  return Boolean(github?.token || github?.apps?.length || gitlab?.token);
}

function notWritable(location: string): InputError {
  return new InputError(
    `The portal cannot write to ${location}. Choose another component or ask your platform team.`,
  );
}
