import {
  ANNOTATION_LOCATION,
  Entity,
  getEntitySourceLocation,
  parseLocationRef,
  stringifyEntityRef,
} from '@backstage/catalog-model';
import type { ScmIntegrationRegistry } from '@backstage/integration';
import {
  CONVENTIONAL_FOLDER,
  isAllowedRepository,
  isPathGlob,
  isSameRepository,
  MANIFESTS_ANNOTATION,
} from '@external-services/backstage-plugin-external-services-common';
import { posix } from 'node:path';
import type { ExternalServicesConfig } from '../../config/ExternalServicesConfig';
import { ContentCache } from '../../ContentCache';
import { memoise } from '../../memoise';
import { storable } from '../../database/storable';
import { joinPattern } from '../repository/pathPattern';
import {
  locateInRepository,
  RepositoryLocation,
} from '../repository/RepositoryLocation';
import type { EntityInterest, InterestProblem } from './EntityInterest';

const MAX_PATTERNS = 50;
const MAX_REPOSITORIES = 10;
const MAX_PATTERN_LENGTH = 500;
/** Of all values together. */
const MAX_ANNOTATION_LENGTH = 20_000;
/** Of URLs; the locations that come of them are as long. */
const CACHED_CHARACTERS = 500_000;
const CONFIG_KEY = 'externalServices.reading.allow';

interface Options {
  integrations: ScmIntegrationRegistry;
  allow: ExternalServicesConfig['reading']['allow'];
}

/**
 * Which files of which repositories an entity wants: those of its annotation,
 * else, for components, the conventional folder beside its file.
 *
 * @internal
 */
export function entityInterests(
  entity: Entity,
  options: Options,
): EntityInterest[] {
  const annotation = entity.metadata.annotations?.[MANIFESTS_ANNOTATION];
  if (!annotation?.trim() && entity.kind.toLowerCase() !== 'component') {
    return [];
  }
  const home = homeOf(entity, options);
  if (!annotation?.trim()) {
    return [conventional(home)];
  }
  const values = storable(annotation, MAX_ANNOTATION_LENGTH)
    .split(/[,\n]/)
    .map(value => value.trim())
    .filter(Boolean);
  const interests = mergeByRoot(
    values
      .slice(0, MAX_PATTERNS)
      .map(value =>
        value.startsWith('url:')
          ? elsewhere(value, options)
          : beside(home, value),
      ),
  );
  if (interests.length > MAX_REPOSITORIES) {
    const tooMany = interests.splice(MAX_REPOSITORIES);
    interests.push(
      failed('annotation', tooMany[0].title, {
        code: 'bad-value',
        message: `${MANIFESTS_ANNOTATION} names ${
          MAX_REPOSITORIES + tooMany.length
        } repositories and branches; only the first ${MAX_REPOSITORIES} are read`,
      }),
    );
  }
  if (values.length > MAX_PATTERNS) {
    interests.push(
      failed('annotation', values[MAX_PATTERNS], {
        code: 'bad-value',
        message: `${MANIFESTS_ANNOTATION} has ${values.length} values; only the first ${MAX_PATTERNS} are read. Use a glob`,
      }),
    );
  }
  return interests;
}

type Home = RepositoryLocation | InterestProblem;

function homeOf(entity: Entity, options: Options): Home {
  const ref = stringifyEntityRef(entity);
  let location: { type: string; target: string };
  try {
    location = getEntitySourceLocation(entity);
  } catch {
    return {
      code: 'not-a-repository',
      message: `The catalog does not know where ${ref} comes from. Add the annotation backstage.io/source-location`,
    };
  }
  if (location.type !== 'url') {
    return {
      code: 'not-a-repository',
      message: `Only repositories can be read, and ${ref} comes from a ${location.type} location. Register it from its repository`,
    };
  }
  if (hasUserinfo(location.target)) {
    return {
      code: 'bad-value',
      message: `The source location of ${ref} has a user or password in its URL. Take it out; the portal has credentials of its own`,
    };
  }
  const home = locate(options.integrations, location.target);
  if (!home) {
    return noIntegration(location.target);
  }
  // Paths of the annotation are joined to it, and would be patterns with it.
  if (isPathGlob(home.path)) {
    return {
      code: 'bad-value',
      message: `The source location of ${ref} has *, ? or braces in its path. Move the file to a folder without them`,
    };
  }
  // Whoever writes the entity writes its source location too, and could name a
  // repository that only the portal's token may read.
  return isOwnRepository(entity, home, options) ||
    isAllowed(location.target, options)
    ? home
    : notAllowed(location.target);
}

/** True for the repository that the entity's file came from. */
function isOwnRepository(
  entity: Entity,
  home: RepositoryLocation,
  { integrations }: Options,
): boolean {
  const annotation = entity.metadata.annotations?.[ANNOTATION_LOCATION];
  if (!annotation) {
    return false;
  }
  const { type, target } = parseLocationRef(annotation);
  const origin = type === 'url' ? locate(integrations, target) : undefined;
  return (
    origin !== undefined && isSameRepository(placeOf(origin), placeOf(home))
  );
}

function placeOf({ host, repository, ignoresCase }: RepositoryLocation) {
  return { host, path: repository, ignoresCase };
}

/**
 * The integration's token may see more than the entity's team may, so the
 * operator's list decides; parsing has resolved dot segments in the path.
 */
function isAllowed(target: string, { allow }: Options): boolean {
  const { host, pathname } = new URL(target);
  return isAllowedRepository({ host, path: pathname.slice(1) }, allow);
}

function notAllowed(value: string): InterestProblem {
  return {
    code: 'not-allowed',
    message: `${short(
      value,
    )} may not be read. Ask your platform team to add its host and owner to ${CONFIG_KEY}`,
  };
}

function conventional(home: Home): EntityInterest {
  if ('code' in home) {
    return failed('conventional', '', home);
  }
  const path = posix.join(folderOf(home.path), CONVENTIONAL_FOLDER);
  return wanted('conventional', home, {
    written: `${CONVENTIONAL_FOLDER}/`,
    path,
  });
}

function beside(home: Home, value: string): EntityInterest {
  if ('code' in home) {
    return failed('annotation', value, home);
  }
  const path =
    value.length > MAX_PATTERN_LENGTH
      ? undefined
      : joinPattern(folderOf(home.path), value);
  return path === undefined
    ? failed('annotation', value, {
        code: 'bad-value',
        message: `${MANIFESTS_ANNOTATION}: ${short(
          value,
        )} leads out of the repository, or is too long. Use a path inside of it, or a url: value`,
      })
    : wanted('annotation', home, { written: value, path });
}

function elsewhere(value: string, options: Options): EntityInterest {
  const url = plainUrl(value.slice('url:'.length));
  if (!url || value.length > MAX_PATTERN_LENGTH) {
    return failed('annotation', value, {
      code: 'bad-value',
      message: `${MANIFESTS_ANNOTATION}: ${short(
        value,
      )} is not a URL. Write it as url:https://host/owner/repository/tree/branch/path`,
    });
  }
  if (!isAllowed(url.toString(), options)) {
    return failed('annotation', value, notAllowed(value));
  }
  const location = locate(options.integrations, url.toString());
  const path = location && joinPattern('', location.path);
  if (!location || path === undefined) {
    return failed('annotation', value, noIntegration(url.toString()));
  }
  return wanted('annotation', location, { written: value, path });
}

function plainUrl(text: string): URL | undefined {
  const url = URL.canParse(text) ? new URL(text) : undefined;
  const plain =
    url && /^https?:$/.test(url.protocol) && !url.username && !url.password;
  return plain ? url : undefined;
}

/** The same few URLs are looked at with every view. */
const locations = memoise(
  (_: ScmIntegrationRegistry) =>
    new ContentCache<RepositoryLocation | undefined>({
      maxCharacters: CACHED_CHARACTERS,
    }),
);

function locate(integrations: ScmIntegrationRegistry, url: string) {
  return locations(integrations).get(url, () => {
    try {
      return locateInRepository(integrations, url);
    } catch {
      return undefined;
    }
  });
}

function wanted(
  mode: EntityInterest['mode'],
  { root, title, host, branch }: RepositoryLocation,
  pattern: EntityInterest['patterns'][number],
): EntityInterest {
  return { mode, root, title, host, branch, patterns: [pattern] };
}

function failed(
  mode: EntityInterest['mode'],
  value: string,
  problem: InterestProblem,
): EntityInterest {
  const patterns = value ? [{ written: short(value), path: '' }] : [];
  return {
    mode,
    title: short(value) || 'catalog',
    host: '',
    patterns,
    problem,
  };
}

function noIntegration(url: string): InterestProblem {
  const host = URL.canParse(url) ? new URL(url).host : url;
  return {
    code: 'no-integration',
    message: `The portal cannot read repositories of ${host}. Ask your platform team to add it under integrations`,
  };
}

/** The folder of a path that names a file, or the path itself. */
function folderOf(path: string): string {
  if (!/\.(?:ya?ml|json)$/i.test(path)) {
    return path;
  }
  const folder = posix.dirname(path);
  return folder === '.' ? '' : folder;
}

function mergeByRoot(interests: EntityInterest[]): EntityInterest[] {
  const merged: EntityInterest[] = [];
  for (const interest of interests) {
    const same = merged.find(
      ({ root }) => root !== undefined && root === interest.root,
    );
    if (same) {
      same.patterns.push(...interest.patterns);
    } else {
      merged.push(interest);
    }
  }
  return merged;
}

function hasUserinfo(text: string): boolean {
  const url = URL.canParse(text) ? new URL(text) : undefined;
  return Boolean(url?.username || url?.password);
}

/** What is told of a value: its beginning, and no password of it. */
function short(value: string): string {
  const told = value.replace(/\/\/[^/?#]*@/, '//…@');
  return told.length > 100 ? `${told.slice(0, 99)}…` : told;
}
