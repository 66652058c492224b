import type {
  Mapping,
  MappingLine,
  MappingsResponse,
  StateCode,
} from '@external-services/backstage-plugin-external-services-common';
import { lineKeys } from './lines';

/** A line whose state is not what it was. */
export interface StateChange {
  /** Stable key of the line. */
  key: string;
  name: string;
  /** Title of the environment; undefined when the line holds in all of them. */
  environment?: string;
  state: StateCode;
}

interface KeyedLine {
  key: string;
  mapping: Mapping;
  line: MappingLine;
}

function keyedLines(response: MappingsResponse): KeyedLine[] {
  return response.items.flatMap(mapping => {
    const keys = lineKeys(mapping.lines);
    return mapping.lines.map((line, index) => ({
      key: `${mapping.id}#${keys[index]}`,
      mapping,
      line,
    }));
  });
}

/** The lines that are new or whose state changed. */
export function stateChanges(
  before: MappingsResponse,
  after: MappingsResponse,
): StateChange[] {
  const states = new Map(
    keyedLines(before).map(({ key, line }) => [key, line.state]),
  );
  return keyedLines(after)
    .filter(({ key, line }) => states.get(key) !== line.state)
    .map(({ key, mapping, line }) => ({
      key,
      name: mapping.name,
      environment: line.environment?.title,
      state: line.state,
    }));
}

/** How many lines came, went, or say something else than before; ages do not count. */
export function countChanges(
  before: MappingsResponse,
  after: MappingsResponse,
): number {
  const was = new Map(keyedLines(before).map(l => [l.key, facts(l.line)]));
  const is = new Map(keyedLines(after).map(l => [l.key, facts(l.line)]));
  const keys = new Set([...was.keys(), ...is.keys()]);
  return [...keys].filter(key => was.get(key) !== is.get(key)).length;
}

function facts(line: MappingLine): string {
  return JSON.stringify([
    line.state,
    line.kind,
    line.target,
    line.ports,
    line.resolution.failure,
    line.clusters?.map(({ name, sync, differences }) => [
      name,
      sync,
      differences,
    ]),
    line.resolution.addresses.map(({ address }) => address).sort(),
  ]);
}
