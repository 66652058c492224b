import { type AlignedItem, alignItems } from './alignItems';
import { comparable, matches } from './yamlValue';
import { type Item, valueOf } from './YamlTree';

/**
 * The way from the items of a text to those that are wanted. What is the same at
 * both ends is left out of the comparison, which is most of a long list.
 */
export function alignNodes(items: Item[], wanted: unknown[]): AlignedItem[] {
  const most = Math.min(items.length, wanted.length);
  let head = 0;
  while (head < most && matches(items[head].node, wanted[head])) {
    head += 1;
  }
  let tail = 0;
  while (
    tail < most - head &&
    matches(
      items[items.length - 1 - tail].node,
      wanted[wanted.length - 1 - tail],
    )
  ) {
    tail += 1;
  }
  const keep = (from: number, to: number): AlignedItem => ({
    kind: 'keep',
    from,
    to,
  });
  const between = alignItems(
    items
      .slice(head, items.length - tail)
      .map(item => comparable(valueOf(item.node))),
    wanted.slice(head, wanted.length - tail).map(comparable),
  );
  return [
    ...items.slice(0, head).map((_item, index) => keep(index, index)),
    ...between.map(step => moved(step, head)),
    ...Array.from({ length: tail }, (_, index) =>
      keep(items.length - tail + index, wanted.length - tail + index),
    ),
  ];
}

function moved(step: AlignedItem, by: number): AlignedItem {
  switch (step.kind) {
    case 'delete':
      return { ...step, from: step.from + by };
    case 'insert':
      return { ...step, to: step.to + by };
    default:
      return { ...step, from: step.from + by, to: step.to + by };
  }
}
