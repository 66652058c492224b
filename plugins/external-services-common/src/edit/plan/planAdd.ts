import { environmentOf } from '../../manifests/environmentOf';
import { intendedKind, nameOf, namespaceOf } from '../../manifests/kinds';
import type { ManifestObject } from '../../manifests/ManifestObject';
import type { UntypedObject } from '../../manifests/reading';
import { toManifestObject } from '../../manifests/toManifestObject';
import { type EditPlan, emptyPlan } from './EditPlan';
import { RefusedError } from '../RefusedError';
import { canonical } from '../text/yamlValue';

/** New documents; those that are there already stay where they are. */
export function planAdd(
  path: string,
  manifests: UntypedObject[],
  existing: ManifestObject[],
  environments: string[],
): EditPlan {
  const known = new Set(
    existing.map(object => identityOf(object, environments)),
  );
  const same = new Set(existing.map(({ manifest }) => canonical(manifest)));
  const missing = manifests.filter(
    manifest =>
      !same.has(canonical(manifest)) ||
      !known.has(identityOf(toManifestObject(manifest, path), environments)),
  );
  const plan = emptyPlan();
  if (missing.length > 0) {
    plan.appended.push({ path, manifests: missing });
  }
  return plan;
}

/** Objects that the plan makes, or gives another name or value. */
export function outcomesOf(plan: EditPlan): ManifestObject[] {
  const changed = [...plan.changed].flatMap(([{ path }, manifest]) =>
    manifest ? [toManifestObject(manifest, path)] : [],
  );
  const added = plan.added.flatMap(({ after: { path }, manifests }) =>
    manifests.map(manifest => toManifestObject(manifest, path)),
  );
  const appended = plan.appended.flatMap(({ path, manifests }) =>
    manifests.map(manifest => toManifestObject(manifest, path)),
  );
  return [...changed, ...added, ...appended];
}

/** Throws RefusedError when the plan would make a second object of the same kind and name. */
export function refuseTakenNames(
  plan: EditPlan,
  existing: ManifestObject[],
  environments: string[],
): void {
  const taken = new Map(
    existing
      .filter(object => !plan.changed.has(object))
      .map(object => [identityOf(object, environments), object]),
  );
  for (const object of outcomesOf(plan)) {
    const identity = identityOf(object, environments);
    const owner = taken.get(identity);
    if (owner) {
      throw RefusedError.at(
        owner,
        'name-taken',
        `declares the ${intendedKind(object.manifest)} ${nameOf(
          object,
        )} already. Choose another name, or change that one.`,
      );
    }
    taken.set(identity, object);
  }
}

/** What may be there once: a kind and name in a namespace and environment. */
function identityOf(object: ManifestObject, environments: string[]): string {
  return JSON.stringify([
    intendedKind(object.manifest),
    namespaceOf(object),
    environmentOf(object, environments),
    nameOf(object),
  ]);
}
