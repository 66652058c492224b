import fc from 'fast-check';
import type { Kind } from '../kinds';
import { fromJson, YamlNode } from '../YamlNode';
import { FIELDS } from './fields';
import { BARE_TOKENS } from './hostileValues';

/** One change of an object, as data, so that it can be printed and shrunk. */
export type Mutation =
  | { do: 'write'; path: string[]; item: number; node: YamlNode }
  | { do: 'remove' | 'repeat' | 'misspell' | 'add'; at: number }
  | { do: 'bare'; at: number; token: string };

const ITEM = '[]';

/** Changes that fit a kind: a value for a known field, or a change anywhere. */
export function mutationOf(kind: Kind): fc.Arbitrary<Mutation> {
  const position = fc.nat({ max: 40 });
  const write = fc
    .constantFrom(...FIELDS[kind])
    .chain(({ path, values, keys = ['key'] }) =>
      fc.record({
        do: fc.constant('write' as const),
        path: fc.constantFrom(
          ...keys.map(key =>
            path
              .replaceAll(ITEM, `.${ITEM}`)
              .split('.')
              .map(part => (part === '*' ? key : part)),
          ),
        ),
        item: fc.nat({ max: 2 }),
        node: fc.constantFrom(...values).map(fromJson),
      }),
    );
  const change = fc.record({
    do: fc.constantFrom(
      'remove' as const,
      'repeat' as const,
      'misspell' as const,
      'add' as const,
    ),
    at: position,
  });
  const bare = fc.record({
    do: fc.constant('bare' as const),
    at: position,
    token: fc.constantFrom(...BARE_TOKENS),
  });
  return fc.oneof(
    { weight: 7, arbitrary: write },
    { weight: 2, arbitrary: change },
    { weight: 1, arbitrary: bare },
  );
}

/** Makes the change in a document. */
export function mutate(document: YamlNode, mutation: Mutation): YamlNode {
  if (mutation.do === 'write') {
    return written(document, mutation.path, mutation);
  }
  const places = placesIn(document).filter(place => place.length > 0);
  return places.length > 0
    ? changedAt(document, places[mutation.at % places.length], mutation)
    : document;
}

function written(
  node: YamlNode | undefined,
  [step, ...rest]: string[],
  mutation: { node: YamlNode; item: number },
): YamlNode {
  if (step === undefined) return mutation.node;
  if (step === ITEM) {
    const items = node && 'items' in node ? [...node.items] : [];
    const index = items.length > 0 ? mutation.item % items.length : 0;
    items[index] = written(items[index], rest, mutation);
    return { items };
  }
  const entries = node && 'entries' in node ? node.entries : [];
  const existing = entries.find(([key]) => key === step);
  const entry: [string, YamlNode] = [
    step,
    written(existing?.[1], rest, mutation),
  ];
  return {
    entries: existing
      ? entries.map(each => (each === existing ? entry : each))
      : [...entries, entry],
  };
}

/** What decides where an object is sent stays as it is. */
const FIXED_KEYS = ['apiVersion', 'kind', 'namespace'];

/** Paths, as positions among the children, of everything that may change. */
function placesIn(node: YamlNode): number[][] {
  if ('token' in node) return [[]];
  const children =
    'items' in node
      ? node.items
      : node.entries.map(([key, value]) =>
          FIXED_KEYS.includes(key) ? undefined : value,
        );
  const below = children.flatMap((child, index) =>
    child ? placesIn(child).map(place => [index, ...place]) : [],
  );
  return [[], ...below];
}

type Change = Exclude<Mutation, { do: 'write' }>;

function changedAt(
  node: YamlNode,
  [index, ...rest]: number[],
  change: Change,
): YamlNode {
  if ('items' in node) {
    const replacement = rest.length
      ? [changedAt(node.items[index], rest, change)]
      : changedItem(node.items[index], change);
    return { items: node.items.toSpliced(index, 1, ...replacement) };
  }
  if ('entries' in node) {
    const [key, value] = node.entries[index];
    const replacement: [string, YamlNode][] = rest.length
      ? [[key, changedAt(value, rest, change)]]
      : changedEntry(key, value, change);
    return { entries: node.entries.toSpliced(index, 1, ...replacement) };
  }
  return node;
}

const ADDED: [string, YamlNode] = ['unheardOf', { token: '1' }];

function changedItem(item: YamlNode, change: Change): YamlNode[] {
  switch (change.do) {
    case 'remove':
      return [];
    case 'repeat':
      return [item, item];
    case 'bare':
      return [{ token: change.token }];
    case 'add':
      return 'entries' in item
        ? [{ entries: [...item.entries, ADDED] }]
        : [item, { token: 'null' }];
    default:
      return [{ items: [item] }];
  }
}

function changedEntry(
  key: string,
  value: YamlNode,
  change: Change,
): [string, YamlNode][] {
  switch (change.do) {
    case 'remove':
      return [];
    case 'repeat':
      return [
        [key, value],
        [key, value],
      ];
    case 'bare':
      return [[key, { token: change.token }]];
    case 'add':
      return [[key, value], ADDED];
    default:
      return [
        [key.toLowerCase() === key ? `${key}s` : key.toLowerCase(), value],
      ];
  }
}
