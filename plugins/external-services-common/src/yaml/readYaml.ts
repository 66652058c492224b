import {
  type Event,
  EVENT_ID,
  getScalarValue,
  SCALAR_STYLE,
  type ScalarEvent,
} from 'js-yaml';
import { pathOf } from '../validation/fieldPath';
import { type DocumentEvents, offsetOf } from './DocumentEvents';
import { resolveGoScalar } from './goScalar';
import { MAX_KEYS_PER_MAP } from './limits';
import {
  tooLargeProblem,
  type YamlProblem,
  YamlProblemError,
} from './YamlProblem';

/** A document as the API server would decode it. */
export interface YamlDocument {
  value: unknown;
  /** What was wrong and did not stop the reading. */
  problems: YamlProblem[];
}

const KNOWN_TAGS = ['!!bool', '!!int', '!!float', '!!null'];

/** Reads the nodes of one document, and knows where it is. */
class DocumentReader {
  readonly problems: YamlProblem[] = [];
  /** Keys and indexes that lead to the node being read. */
  private readonly steps: (string | number)[] = [];

  constructor(
    private readonly text: string,
    private readonly events: Event[],
    private next: number,
  ) {}

  readNode(): unknown {
    const event = this.events[this.next];
    this.next += 1;
    switch (event.type) {
      case EVENT_ID.SCALAR:
        return this.scalarValue(event, getScalarValue(this.text, event));
      case EVENT_ID.SEQUENCE:
        return this.readSequence();
      case EVENT_ID.MAPPING:
        return this.readMapping();
      case EVENT_ID.ALIAS:
        throw this.aliasProblem(offsetOf(event));
      default:
        // An empty document: nothing but its end.
        return null;
    }
  }

  private readSequence(): unknown[] {
    const items: unknown[] = [];
    while (this.events[this.next].type !== EVENT_ID.POP) {
      this.steps.push(items.length);
      items.push(this.readNode());
      this.steps.pop();
    }
    this.next += 1;
    return items;
  }

  private readMapping(): Record<string, unknown> {
    const map: Record<string, unknown> = {};
    let keys = 0;
    while (this.events[this.next].type !== EVENT_ID.POP) {
      const keyEvent = this.events[this.next];
      const key = this.readKey(keyEvent);
      keys += 1;
      if (keys > MAX_KEYS_PER_MAP) {
        throw new YamlProblemError(
          tooLargeProblem(
            `more than ${MAX_KEYS_PER_MAP} keys in one map`,
            this.path(),
            offsetOf(keyEvent),
          ),
        );
      }
      this.steps.push(key);
      // The quick question first: only a key of Object.prototype needs the second.
      if (map[key] !== undefined && Object.hasOwn(map, key)) {
        this.problems.push({
          code: 'duplicate-field',
          message: `${key} is given twice in the same map.`,
          hint: 'Keep one of the two and remove the other.',
          path: this.path(),
          offset: offsetOf(keyEvent),
        });
      }
      setOwn(map, key, this.readNode());
      this.steps.pop();
    }
    this.next += 1;
    return map;
  }

  private readKey(event: Event): string {
    this.next += 1;
    if (event.type === EVENT_ID.SCALAR) {
      const text = getScalarValue(this.text, event);
      if (event.style === SCALAR_STYLE.PLAIN && text === '<<') {
        throw this.aliasProblem(offsetOf(event));
      }
      const key = this.scalarValue(event, text);
      if (key !== null) {
        return String(key);
      }
    }
    if (event.type === EVENT_ID.ALIAS) {
      throw this.aliasProblem(offsetOf(event));
    }
    throw new YamlProblemError({
      code: 'invalid-yaml',
      message: 'The key of a map has to be a text.',
      hint: 'Write a field name here.',
      path: this.path(),
      offset: offsetOf(event),
    });
  }

  private scalarValue(event: ScalarEvent, text: string): unknown {
    if (event.tagStart < 0) {
      return event.style === SCALAR_STYLE.PLAIN ? resolveGoScalar(text) : text;
    }
    const tag = this.text.slice(event.tagStart, event.tagEnd);
    if (tag === '!!str' || tag === '!') {
      return text;
    }
    if (KNOWN_TAGS.includes(tag)) {
      return resolveGoScalar(text);
    }
    throw new YamlProblemError({
      code: 'unsupported-tag',
      message: `The YAML tag ${tag} is not read here.`,
      hint: 'Write the value without a tag.',
      path: this.path(),
      offset: event.tagStart,
    });
  }

  private aliasProblem(offset: number): YamlProblemError {
    return new YamlProblemError({
      code: 'aliases-not-supported',
      message: 'This document uses YAML aliases, which are not read here.',
      hint: 'Write the value out where the alias stands.',
      path: this.path(),
      offset,
    });
  }

  private path(): string {
    return pathOf(this.steps);
  }
}

/** Assigning `__proto__` would change the prototype; as a field it is only unknown. */
function setOwn(
  map: Record<string, unknown>,
  key: string,
  value: unknown,
): void {
  if (key === '__proto__') {
    Object.defineProperty(map, key, {
      value,
      enumerable: true,
      configurable: true,
      writable: true,
    });
  } else {
    map[key] = value;
  }
}

/**
 * Reads a document. Throws YamlProblemError when it cannot be read: too large,
 * or written with aliases, which are not decided.
 */
export function readYaml({
  text,
  events,
  first,
}: DocumentEvents): YamlDocument {
  const reader = new DocumentReader(text, events, first);
  return { value: reader.readNode(), problems: reader.problems };
}
