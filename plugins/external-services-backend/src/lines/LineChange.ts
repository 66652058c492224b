import { isDeepStrictEqual } from 'node:util';
import type { LineFacts } from './LineFacts';

/**
 * That a line has come, has gone, or changed its state, its target or its addresses.
 *
 * @internal
 */
export interface LineChange {
  lineId: string;
  /** Absent when the line is new. */
  before?: LineFacts;
  /** Absent when the line is gone. */
  after?: LineFacts;
}

/**
 * That what is stored of an entity's mappings has changed. Published when it can be
 * read from the database.
 *
 * @internal
 */
export interface MappingsChanged {
  entityRef: string;
  entityUid: string;
  /** Milliseconds. */
  at: number;
  /** Empty when nothing changed but what surrounds the lines, or their findings. */
  changes: LineChange[];
}

/**
 * The change from one to the other. Undefined where nothing changed that is worth
 * remembering: that something is being checked, or was for the first time, is not.
 *
 * @internal
 */
export function lineChange(
  lineId: string,
  before: LineFacts | undefined,
  after: LineFacts | undefined,
): LineChange | undefined {
  const isChecking = [before, after].some(facts => facts?.state === 'checking');
  return isChecking || isDeepStrictEqual(before, after)
    ? undefined
    : { lineId, ...(before && { before }), ...(after && { after }) };
}
