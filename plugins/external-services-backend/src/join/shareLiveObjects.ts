import type { ObservedEntity } from '../sources/catalog/ObservedEntity';
import type { LiveObject, LiveQuery } from '../sources/cluster/LiveQuery';
import { isIdentified, labelsOf, serviceKey, serviceKeyOf } from './liveQuery';

/** Objects of one Service, in their place among all. */
interface Group {
  rank: number;
  objects: LiveObject[];
}

type Placed = [object: LiveObject, group: Group];

/**
 * Gives each of many entities what it may see, by its own query, of the objects
 * that were found for all of them. Slices come with their Service, and a Service
 * with slices that are of the entity.
 *
 * @internal
 */
export function shareLiveObjects(
  found: LiveObject[],
): (entity: ObservedEntity, query: LiveQuery) => LiveObject[] {
  const groups = new Map<string, Group>();
  const placed = found.map((object): Placed => {
    const key = serviceKeyOf(object);
    const group = groups.get(key) ?? { rank: groups.size, objects: [] };
    groups.set(key, group);
    group.objects.push(object);
    return [object, group];
  });
  const byIdentity = indexBy(placed, identitiesOf);
  // Made for the first who selects by labels: most do not, and labels are many.
  let byLabel: Map<string, Placed[]> | undefined;
  const labelled = (labels: string[]) => {
    byLabel ??= indexBy(placed, labelsOf);
    return labels.flatMap(label => byLabel?.get(label) ?? []);
  };
  return (entity, query) => {
    const own = new Set<Group>();
    const claimed = [
      ...(byIdentity.get(entity.entityRef) ?? []),
      ...(byIdentity.get(entity.kubernetesId ?? '') ?? []),
      ...(entity.selector ? labelled(entity.selector.anyOf) : []),
    ];
    for (const [object, group] of claimed) {
      if (isIdentified(object, entity, query.labelled)) {
        own.add(group);
      }
    }
    for (const { sourceIds, namespace, name } of query.names) {
      for (const sourceId of sourceIds) {
        const group = groups.get(serviceKey(sourceId, namespace, name));
        if (group) {
          own.add(group);
        }
      }
    }
    return [...own]
      .sort((a, b) => a.rank - b.rank)
      .flatMap(({ objects }) => objects);
  };
}

/** Whose an object says it is; whether it is so is for `isIdentified` to say. */
function identitiesOf({ externalId, kubernetesId }: LiveObject): string[] {
  return [externalId?.split('#')[0] ?? [], kubernetesId ?? []].flat();
}

function indexBy(
  placed: Placed[],
  keysOf: (object: LiveObject) => string[],
): Map<string, Placed[]> {
  const index = new Map<string, Placed[]>();
  for (const one of placed) {
    for (const key of keysOf(one[0])) {
      const list = index.get(key) ?? [];
      index.set(key, list);
      list.push(one);
    }
  }
  return index;
}
