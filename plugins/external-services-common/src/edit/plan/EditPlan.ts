import type { CollectedExternalService } from '../../manifests/collectExternalServices';
import type { ManifestObject } from '../../manifests/ManifestObject';
import type { UntypedObject } from '../../manifests/reading';

/** What is to become of objects, as values; how their text follows is not the plan's matter. */
export interface EditPlan {
  /** Objects with another value; undefined takes the object out. */
  changed: Map<ManifestObject, UntypedObject | undefined>;
  /** New objects beside one that is there. */
  added: { after: ManifestObject; manifests: UntypedObject[] }[];
  /** New objects at the end of a file. */
  appended: { path: string; manifests: UntypedObject[] }[];
}

/** A plan that changes nothing. */
export function emptyPlan(): EditPlan {
  return { changed: new Map(), added: [], appended: [] };
}

/** The Service and the objects that hold its addresses. */
export function partsOf({ objects }: CollectedExternalService): {
  service: ManifestObject;
  holders: ManifestObject[];
} {
  const [service, ...holders] = objects;
  return { service, holders };
}
