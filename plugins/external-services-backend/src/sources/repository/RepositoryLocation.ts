import type { ScmIntegrationRegistry } from '@backstage/integration';
import { ignoresCase } from '@external-services/backstage-plugin-external-services-common';

/**
 * A path in a repository at a ref.
 *
 * @internal
 */
export interface RepositoryLocation {
  /** URL of the repository's root at the ref; the unit that is fetched. */
  root: string;
  /** Host, with its port when it has one. */
  host: string;
  /** Owner and name, for example `shop/orders`. */
  repository: string;
  /** True where the host takes upper case for lower case in them. */
  ignoresCase: boolean;
  /** What a person calls the repository, for example `example.org/shop/orders`. */
  title: string;
  /** Absent when the URL names none: the default branch. */
  branch?: string;
  /** Path below the root without slashes at its ends; may end in a glob. */
  path: string;
}

/** Where a path or glob cannot be told from the URL by the integrations any more. */
const UNUSUAL = /[%*{}[\]()!]/;
const REF_IN_PATH =
  /^(.*?)\/(?:-\/)?(?:blob|tree|raw|edit|browse|src\/(?:branch|commit|tag)|src)\/([^/]+)\/?$/;

/**
 * Splits the URL of a file, folder or glob into repository, ref and path.
 *
 * @returns undefined when no integration is configured for the host, since then
 * nothing can read a tree from it
 * @throws TypeError when it is not a URL
 * @internal
 */
export function locateInRepository(
  integrations: ScmIntegrationRegistry,
  url: string,
): RepositoryLocation | undefined {
  const integration = integrations.byUrl(url);
  if (!integration) {
    return undefined;
  }
  const { base, rest } = splitUnusual(withoutView(url, integration.type));
  const { root, path } =
    integration.type === 'gitea'
      ? splitGitea(base)
      : splitByIntegration(integrations, base);
  const { host, pathname, searchParams } = new URL(root);
  const [, repository = pathname, ref] = REF_IN_PATH.exec(pathname) ?? [];
  return {
    root,
    host,
    repository: trimSlashes(repository),
    ignoresCase: ignoresCase(integration.type),
    title: `${host}${trimSlashes(repository, '/')}`,
    branch: ref ?? searchParams.get('version')?.replace(/^GB/, '') ?? undefined,
    path: trimSlashes([trimSlashes(path), rest].filter(Boolean).join('/')),
  };
}

/** Parameters and fragments of a URL choose what a page shows; Azure has the place in them. */
function withoutView(url: string, type: string): string {
  const parsed = new URL(url);
  const place = ['path', 'version'].flatMap(name => {
    const value = type === 'azure' ? parsed.searchParams.get(name) : null;
    return value === null ? [] : [[name, value]];
  });
  parsed.search = new URLSearchParams(place).toString();
  parsed.hash = '';
  return parsed.toString();
}

function splitUnusual(url: string): { base: string; rest: string } {
  const parsed = new URL(url);
  const segments = parsed.pathname.split('/');
  const unusual = segments.findIndex(segment => UNUSUAL.test(segment));
  if (unusual < 0) {
    return { base: url, rest: '' };
  }
  const rest = segments.slice(unusual).map(decodeSegment).join('/');
  parsed.pathname = `${segments.slice(0, unusual).join('/')}/`;
  return { base: parsed.toString(), rest };
}

function decodeSegment(segment: string): string {
  try {
    return decodeURIComponent(segment);
  } catch {
    return segment;
  }
}

function splitByIntegration(
  integrations: ScmIntegrationRegistry,
  base: string,
): { root: string; path: string } {
  const root = integrations
    .resolveUrl({ url: '/', base })
    // A file's URL and its folder's lead to the same tree.
    .replace('/-/blob/', '/-/tree/');
  const inQuery = new URL(base).searchParams.get('path');
  return {
    root,
    path:
      inQuery ?? new URL(base).pathname.slice(new URL(root).pathname.length),
  };
}

/** Gitea has the kind of ref in the path, which the integrations' parser does not know. */
function splitGitea(base: string): { root: string; path: string } {
  const { origin, pathname } = new URL(base);
  const match =
    /^(\/[^/]+\/[^/]+\/src\/(?:branch|commit|tag)\/[^/]+)(\/.*)?$/.exec(
      pathname,
    );
  const repository = match?.[1] ?? pathname.split('/').slice(0, 3).join('/');
  return { root: `${origin}${repository}/`, path: match?.[2] ?? '' };
}

function trimSlashes(text: string, keepStart = ''): string {
  return `${keepStart}${text.replace(/^\/+|\/+$/g, '')}`;
}
