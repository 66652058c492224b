import { type Event, EVENT_ID, getScalarValue } from 'js-yaml';
import { itemPath } from '../validation/fieldPath';
import { type DocumentEvents, offsetOf } from './DocumentEvents';

/** Where a node stands in the text and in its events. */
interface NodePlace {
  offset: number;
  event: number;
}

/** The API server reports these fields under a name that is not the written one. */
const WRITTEN_AS = new Map([
  ['clusterIPs', 'clusterIP'],
  ['LoadBalancerSourceRanges', 'loadBalancerSourceRanges'],
]);

/** `[1]`, `[example.com/key]`, `.field`, `field` */
const STEP = /^(?:\.?([^.[]+)|\[([^\]]*)\])/;

/**
 * Finds the fields of a document in its text. A field stands where its key
 * stands, a list's item where the item stands. Each map and list is looked
 * through once, and only when something in it is asked for.
 */
export class Places {
  private children: Map<number, Map<string, NodePlace>> | undefined;

  constructor(private readonly document: DocumentEvents) {}

  /** The place of a field of the node at event `root`, or of the nearest parent that exists. */
  placeOf(fieldPath: string, root: number): NodePlace {
    let place = this.placeAt(root);
    let rest = fieldPath;
    while (rest !== '') {
      const step = this.step(place.event, rest);
      if (!step) {
        return place;
      }
      place = step.place;
      rest = step.rest;
    }
    return place;
  }

  private placeAt(event: number): NodePlace {
    return { event, offset: offsetOf(this.document.events[event]) };
  }

  /** One level down the path; undefined where it ends. */
  private step(
    parent: number,
    path: string,
  ): { place: NodePlace; rest: string } | undefined {
    const children = this.childrenOf(parent);
    const whole = children.get(path.startsWith('.') ? path.slice(1) : path);
    if (whole) {
      return { place: whole, rest: '' };
    }
    const match = STEP.exec(path);
    if (!match) {
      return undefined;
    }
    const [written, field, inBrackets] = match;
    const place =
      field === undefined
        ? children.get(written) ?? children.get(inBrackets)
        : children.get(field) ?? children.get(WRITTEN_AS.get(field) ?? field);
    return place && { place, rest: path.slice(written.length) };
  }

  private childrenOf(parent: number): Map<string, NodePlace> {
    this.children ??= new Map();
    let children = this.children.get(parent);
    if (!children) {
      children = this.listChildren(parent);
      this.children.set(parent, children);
    }
    return children;
  }

  private listChildren(parent: number): Map<string, NodePlace> {
    const { text, events } = this.document;
    const children = new Map<string, NodePlace>();
    const { type } = events[parent];
    if (type !== EVENT_ID.MAPPING && type !== EVENT_ID.SEQUENCE) {
      return children;
    }
    let next = parent + 1;
    while (events[next].type !== EVENT_ID.POP) {
      if (type === EVENT_ID.SEQUENCE) {
        children.set(itemPath('', children.size), this.placeAt(next));
      } else {
        const key = events[next];
        next = endOf(events, next);
        if (key.type === EVENT_ID.SCALAR) {
          const place = { event: next, offset: offsetOf(key) };
          children.set(getScalarValue(text, key), place);
        }
      }
      next = endOf(events, next);
    }
    return children;
  }
}

/** Index of the event that follows a node and all it holds. */
function endOf(events: Event[], start: number): number {
  let depth = 0;
  let next = start;
  do {
    const { type } = events[next];
    if (type === EVENT_ID.MAPPING || type === EVENT_ID.SEQUENCE) {
      depth += 1;
    } else if (type === EVENT_ID.POP) {
      depth -= 1;
    }
    next += 1;
  } while (depth > 0);
  return next;
}
