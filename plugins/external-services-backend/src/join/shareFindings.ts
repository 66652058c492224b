import type {
  CollectedExternalService,
  Finding,
  ManifestObject,
} from '@external-services/backstage-plugin-external-services-common';

/**
 * Gives each mapping the findings about its objects, in the order given.
 * `others` are those about no object of a mapping.
 *
 * A repository may have thousands of objects, each with findings: everything
 * is looked up by key, nothing is searched for.
 *
 * @internal
 */
export function shareFindings(
  found: Finding[],
  objects: ManifestObject[],
  mappings: CollectedExternalService[],
): {
  findingsOf(mapping: CollectedExternalService): Finding[];
  others: Finding[];
} {
  const objectOf = indexObjects(objects);
  const owners = new Map<ManifestObject, CollectedExternalService[]>();
  for (const mapping of mappings) {
    for (const object of mapping.objects) {
      append(owners, object, mapping);
    }
  }
  const shared = new Map<CollectedExternalService, Finding[]>();
  const others: Finding[] = [];
  for (const finding of found) {
    const object = objectOf(finding);
    const owning = object && owners.get(object);
    owning?.forEach(mapping => append(shared, mapping, finding));
    if (!owning) {
      others.push(finding);
    }
  }
  return { findingsOf: mapping => shared.get(mapping) ?? [], others };
}

/** A file may have an object several times: a finding stands in the last that begins before it. */
function indexObjects(
  objects: ManifestObject[],
): (finding: Finding) => ManifestObject | undefined {
  const index = new Map<string, ManifestObject[]>();
  for (const object of objects) {
    const { kind } = object.manifest;
    const metadata = (object.manifest.metadata ?? {}) as Record<
      string,
      unknown
    >;
    const { name, namespace } = metadata;
    append(index, keyOf(object.path, kind, name, namespace), object);
  }
  index.forEach(same => same.sort((a, b) => a.line - b.line));
  return ({ object: about, file, position }) => {
    const same = about
      ? index.get(keyOf(file, about.kind, about.name, about.namespace)) ?? []
      : [];
    return lastUpTo(same, position?.line ?? Infinity);
  };
}

function keyOf(
  path: string | undefined,
  kind: unknown,
  name: unknown,
  namespace: unknown,
): string {
  return JSON.stringify([path, kind, name ?? '', namespace ?? '']);
}

/** Of objects in order of their lines, found by halving: a file may repeat one thousands of times. */
function lastUpTo(
  objects: ManifestObject[],
  line: number,
): ManifestObject | undefined {
  let from = 0;
  let to = objects.length;
  while (from < to) {
    const middle = Math.floor((from + to) / 2);
    if (objects[middle].line <= line) {
      from = middle + 1;
    } else {
      to = middle;
    }
  }
  return objects[from - 1];
}

function append<K, V>(lists: Map<K, V[]>, key: K, value: V) {
  const list = lists.get(key);
  if (list) {
    list.push(value);
  } else {
    lists.set(key, [value]);
  }
}
