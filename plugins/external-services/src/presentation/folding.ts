import type {
  Mapping,
  MappingLine,
} from '@external-services/backstage-plugin-external-services-common';
import { needsAttention } from './stateLook';

/** Up to this many services show all their lines. */
export const MAX_DETAILED_SERVICES = 3;
/** With more services than this the rest waits behind the footer. */
export const MAX_SERVICES = 5;
/** With more environments than this the healthy rest of a service is folded. */
export const MAX_LINES = 4;
/** Addresses that fit on a line. */
export const MAX_ADDRESSES = 2;

/** What of a list is shown, and what is folded away. */
export interface Folded<T> {
  shown: T[];
  hidden: T[];
}

/** The services a card shows before `Show all`. The input is sorted, worst first. */
export function foldServices(items: Mapping[], all: boolean): Folded<Mapping> {
  if (all || items.length <= MAX_SERVICES) {
    return { shown: items, hidden: [] };
  }
  return {
    shown: items.slice(0, MAX_SERVICES),
    hidden: items.slice(MAX_SERVICES),
  };
}

/**
 * The lines a service shows. A line that needs attention is never hidden; a
 * healthy service among many shows none, as its row says everything.
 */
export function foldLines(
  mapping: Mapping,
  serviceCount: number,
): Folded<MappingLine> {
  const { lines } = mapping;
  const detailed = serviceCount <= MAX_DETAILED_SERVICES;
  if (detailed && lines.length <= MAX_LINES) {
    return { shown: lines, hidden: [] };
  }
  if (!detailed && !lines.some(line => needsAttention(line.state))) {
    return { shown: [], hidden: [] };
  }
  let room = detailed ? MAX_LINES - 1 : 0;
  room -= lines.filter(line => needsAttention(line.state)).length;
  const shown: MappingLine[] = [];
  const hidden: MappingLine[] = [];
  for (const line of lines) {
    if (needsAttention(line.state)) {
      shown.push(line);
    } else if (room > 0) {
      room -= 1;
      shown.push(line);
    } else {
      hidden.push(line);
    }
  }
  return { shown, hidden };
}
