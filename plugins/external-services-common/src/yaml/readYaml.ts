import {
  type Event,
  EVENT_ID,
  getScalarValue,
  SCALAR_STYLE,
  type ScalarEvent,
} from 'js-yaml';
import { childPath, itemPath } from '../validation/fieldPath';
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

interface Reading {
  text: string;
  events: Event[];
  next: number;
  problems: YamlProblem[];
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
  const reading: Reading = { text, events, next: first, problems: [] };
  return { value: readNode(reading, ''), problems: reading.problems };
}

function readNode(reading: Reading, path: string): unknown {
  const event = reading.events[reading.next];
  reading.next += 1;
  switch (event.type) {
    case EVENT_ID.SCALAR:
      return scalarValue(reading, event, path);
    case EVENT_ID.SEQUENCE:
      return readSequence(reading, path);
    case EVENT_ID.MAPPING:
      return readMapping(reading, path);
    case EVENT_ID.ALIAS:
      throw aliasProblem(path, event.anchorStart - 1);
    default:
      // An empty document: nothing but its end.
      return null;
  }
}

function readSequence(reading: Reading, path: string): unknown[] {
  const items: unknown[] = [];
  while (reading.events[reading.next].type !== EVENT_ID.POP) {
    items.push(readNode(reading, itemPath(path, items.length)));
  }
  reading.next += 1;
  return items;
}

function readMapping(reading: Reading, path: string): Record<string, unknown> {
  const map: Record<string, unknown> = {};
  let keys = 0;
  while (reading.events[reading.next].type !== EVENT_ID.POP) {
    const keyEvent = reading.events[reading.next];
    const offset = offsetOf(keyEvent);
    const key = readKey(reading, path);
    const valuePath = childPath(path, key);
    keys += 1;
    if (keys > MAX_KEYS_PER_MAP) {
      throw new YamlProblemError(
        tooLargeProblem(
          `more than ${MAX_KEYS_PER_MAP} keys in one map`,
          path,
          offset,
        ),
      );
    }
    if (Object.hasOwn(map, key)) {
      reading.problems.push({
        code: 'duplicate-field',
        message: `${key} is given twice in the same map.`,
        hint: 'Keep one of the two and remove the other.',
        path: valuePath,
        offset,
      });
    }
    setOwn(map, key, readNode(reading, valuePath));
  }
  reading.next += 1;
  return map;
}

function readKey(reading: Reading, path: string): string {
  const event = reading.events[reading.next];
  const offset = offsetOf(event);
  if (event.type === EVENT_ID.ALIAS) {
    throw aliasProblem(path, offset);
  }
  const isMerge =
    event.type === EVENT_ID.SCALAR &&
    event.style === SCALAR_STYLE.PLAIN &&
    getScalarValue(reading.text, event) === '<<';
  if (isMerge) {
    throw aliasProblem(path, offset);
  }
  const key = event.type === EVENT_ID.SCALAR ? readNode(reading, path) : null;
  if (key === null) {
    throw new YamlProblemError({
      code: 'invalid-yaml',
      message: 'The key of a map has to be a text.',
      hint: 'Write a field name here.',
      path,
      offset,
    });
  }
  return String(key);
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

const KNOWN_TAGS = ['!!bool', '!!int', '!!float', '!!null'];

function scalarValue(
  reading: Reading,
  event: ScalarEvent,
  path: string,
): unknown {
  const text = getScalarValue(reading.text, event);
  const tag =
    event.tagStart < 0
      ? undefined
      : reading.text.slice(event.tagStart, event.tagEnd);
  if (tag === undefined) {
    return event.style === SCALAR_STYLE.PLAIN ? resolveGoScalar(text) : text;
  }
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
    path,
    offset: event.tagStart,
  });
}

function aliasProblem(path: string, offset: number): YamlProblemError {
  return new YamlProblemError({
    code: 'aliases-not-supported',
    message: 'This document uses YAML aliases, which are not read here.',
    hint: 'Write the value out where the alias stands.',
    path,
    offset,
  });
}
