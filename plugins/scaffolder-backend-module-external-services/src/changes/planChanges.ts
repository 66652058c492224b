import {
  type CollectedExternalService,
  collectExternalServices,
  type FlatExternalService,
} from '@external-services/backstage-plugin-external-services-common';
import {
  parseManifests,
  type RenderedFile,
} from '@external-services/backstage-plugin-external-services-common/yaml';
import { InputError } from '@backstage/errors';
import {
  identityOf,
  joinDocuments,
  splitDocuments,
  withoutObjects,
} from './documents';
import { isOurs } from './isOurs';
import { lineDiff } from './lineDiff';
import type { DeclaredService, RepositoryFiles } from './RepositoryFiles';

/**
 * What is to be written, and what stays although it differs.
 *
 * @internal
 */
export interface Plan {
  changes: RenderedFile[];
  /** Files of ours that were edited by hand: what they would have to lose to be as we write them. */
  kept: { path: string; diff: string }[];
}

/**
 * Compares the files of a service with the repository. Nothing that exists is
 * overwritten: not what is not ours, not another service of the same name, and
 * not what was edited by hand unless `overwrite` says so.
 *
 * A service is the same one as before when its name leads to the same target.
 *
 * @throws InputError naming the file that is in the way
 * @internal
 */
export async function planChanges(
  files: RenderedFile[],
  options: {
    repository: RepositoryFiles;
    declared: DeclaredService[];
    overwrite: boolean;
  },
): Promise<Plan> {
  const plan: Plan = { changes: [], kept: [] };
  for (const file of files) {
    refuseTakenElsewhere(file, files, options.declared);
    const before = await options.repository.read(file.path);
    const after =
      before === undefined
        ? file.content
        : merge(file, before, options.overwrite);
    if (after !== before) {
      plan.changes.push({ path: file.path, content: after });
    } else if (before !== undefined && !holds(before, file.content)) {
      plan.kept.push({
        path: file.path,
        diff: lineDiff(file.path, before, replace(before, file.content)),
      });
    }
  }
  return plan;
}

function refuseTakenElsewhere(
  file: RenderedFile,
  files: RenderedFile[],
  declared: DeclaredService[],
): void {
  for (const { service } of collected(file.content)) {
    const taken = declared.find(
      other =>
        other.path !== file.path &&
        !files.some(({ path }) => path === other.path) &&
        meets(other.service, service),
    );
    if (taken) {
      throw alreadyExists(service.name, taken.path);
    }
  }
}

function merge(file: RenderedFile, before: string, overwrite: boolean): string {
  if (holds(before, file.content)) {
    return before;
  }
  const ours = isOurs(before);
  if (overwrite) {
    if (!ours) {
      throw notOurs(file.path);
    }
    return replace(before, file.content);
  }
  const present = collected(before, file.path);
  const missing = collected(file.content).filter(({ service }) => {
    const same = present.find(other => meets(other.service, service));
    if (same && !leadsToTheSame(same.service, service)) {
      throw alreadyExists(service.name, file.path);
    }
    return !same;
  });
  if (!ours) {
    throw notOurs(file.path);
  }
  return append(before, file.content, missing);
}

/** True when the documents stand in the file byte for byte. */
function holds(before: string, content: string): boolean {
  const documents = splitDocuments(before);
  return splitDocuments(content).every(document =>
    documents.includes(document),
  );
}

function replace(before: string, content: string): string {
  const services = collected(content);
  const replaced = collected(before)
    .filter(other =>
      services.some(({ service }) => meets(other.service, service)),
    )
    .flatMap(({ objects }) => objects);
  return joinDocuments([
    ...withoutObjects(
      splitDocuments(before),
      replaced.map(({ manifest }) => identityOf(manifest)),
    ),
    ...splitDocuments(content),
  ]);
}

function append(
  before: string,
  content: string,
  services: CollectedExternalService[],
): string {
  if (services.length === 0) {
    return before;
  }
  const wanted = services
    .flatMap(({ objects }) => objects)
    .map(({ manifest }) => identityOf(manifest));
  const documents = splitDocuments(content);
  const others = withoutObjects(documents, wanted);
  const added = documents.filter(document => !others.includes(document));
  const end = before.endsWith('\n') ? '' : '\n';
  return `${before}${end}---\n${joinDocuments(added)}`;
}

function collected(content: string, path?: string): CollectedExternalService[] {
  return collectExternalServices(parseManifests(content, path).objects);
}

/** Two services meet when a cluster would take them for one; what is not known may be the same. */
function meets(a: FlatExternalService, b: FlatExternalService): boolean {
  const same = (left?: string, right?: string) =>
    !left || !right || left === right;
  return (
    a.name === b.name &&
    same(a.namespace, b.namespace) &&
    same(a.environment, b.environment)
  );
}

function leadsToTheSame(
  a: FlatExternalService,
  b: FlatExternalService,
): boolean {
  return JSON.stringify(a.target) === JSON.stringify(b.target);
}

function notOurs(path: string): InputError {
  return new InputError(
    `${path} is not a file of ours: not every document in it has the label app.kubernetes.io/managed-by: backstage-external-services. It stays as it is. Choose another name or another folder.`,
  );
}

function alreadyExists(name: string, path: string): InputError {
  return new InputError(
    `name (Name in the cluster): ${name} already exists in ${path}. Choose another name, or change its target there.`,
  );
}
