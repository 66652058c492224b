import type { ObservedEntity } from '../catalog/ObservedEntity';
import type { LiveObject, LiveQuery } from '../database/LiveQuery';
import { isIdentified, keyOf, labelsOf } from './liveQuery';

/** Objects of one Service, in their place among all. */
interface Group {
  rank: number;
  objects: LiveObject[];
}

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
  const claimed = new Map<string, [LiveObject, Group][]>();
  for (const object of found) {
    const key = JSON.stringify(keyOf(object));
    const group = groups.get(key) ?? { rank: groups.size, objects: [] };
    groups.set(key, group);
    group.objects.push(object);
    for (const claim of claimsOf(object)) {
      const claims = claimed.get(claim) ?? [];
      claimed.set(claim, claims);
      claims.push([object, group]);
    }
  }
  return (entity, query) => {
    const own = new Set<Group>();
    const claims = [
      entity.entityRef,
      entity.kubernetesId ?? '',
      ...(entity.selector?.anyOf ?? []),
    ];
    for (const claim of claims) {
      for (const [object, group] of claimed.get(claim) ?? []) {
        if (isIdentified(object, entity, query.labelled)) {
          own.add(group);
        }
      }
    }
    for (const { sourceIds, namespace, name } of query.names) {
      for (const sourceId of sourceIds) {
        const group = groups.get(JSON.stringify([sourceId, namespace, name]));
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
function claimsOf(object: LiveObject): string[] {
  const { externalId, kubernetesId } = object;
  return [
    externalId?.split('#')[0] ?? [],
    kubernetesId ?? [],
    labelsOf(object),
  ].flat();
}
