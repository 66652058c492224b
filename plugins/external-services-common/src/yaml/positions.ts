import { EVENT_ID, getScalarValue } from 'js-yaml';
import { childPath, itemPath, parentPath } from '../validation/fieldPath';
import { type DocumentEvents, offsetOf } from './DocumentEvents';

/** Where a node stands in the text and in its events. */
export interface NodePlace {
  offset: number;
  event: number;
}

/** Places of all fields of a node by their path; the node itself is the empty path. */
export type Places = Map<string, NodePlace>;

/**
 * Walks the node that begins at event `start`. A field stands where its key
 * stands, a list's item where the item stands.
 */
export function indexPlaces(
  { text, events }: DocumentEvents,
  start: number,
): Places {
  const places: Places = new Map();
  let next = start;

  function walk(path: string, offset: number): void {
    places.set(path, { offset, event: next });
    const event = events[next];
    next += 1;
    if (event.type === EVENT_ID.SEQUENCE) {
      for (let i = 0; events[next].type !== EVENT_ID.POP; i++) {
        walk(itemPath(path, i), offsetOf(events[next]));
      }
      next += 1;
    } else if (event.type === EVENT_ID.MAPPING) {
      while (events[next].type !== EVENT_ID.POP) {
        const key = events[next];
        next += 1;
        const name =
          key.type === EVENT_ID.SCALAR ? getScalarValue(text, key) : '';
        walk(childPath(path, name), offsetOf(key));
      }
      next += 1;
    }
  }

  walk('', offsetOf(events[start]));
  return places;
}

/** The API server reports these fields under a name that is not the written one. */
const WRITTEN_AS = new Map([
  ['spec.clusterIPs', 'spec.clusterIP'],
  ['spec.LoadBalancerSourceRanges', 'spec.loadBalancerSourceRanges'],
]);

/** The place of a field, or of the nearest parent that exists. */
export function placeOf(places: Places, fieldPath: string): NodePlace {
  // The server writes the key of a map in brackets: `metadata.annotations[key]`.
  let path = fieldPath.replace(/\[([^\]]*[^\]0-9][^\]]*)\]/g, '.$1');
  for (;;) {
    const place = places.get(path) ?? places.get(WRITTEN_AS.get(path) ?? path);
    if (place) {
      return place;
    }
    if (path === '') {
      return { offset: 0, event: 0 };
    }
    path = parentPath(path);
  }
}
