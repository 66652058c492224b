import type { Kind } from './kinds';

/** One object that is put before the API server and before `validateManifests`. */
export interface Question {
  /** Where it comes from, for the table. */
  source: 'recorded' | 'model' | 'generated';
  /** What to call it in a report. */
  name: string;
  kind: Kind;
  /** Where kubectl would send it. */
  namespace: string;
  /** The bytes that both are given. */
  text: string;
  /** What the text says, where JSON can say it. */
  value?: unknown;
  /** The object that the cluster holds, when the question is an update. Default: none, it is new. */
  existing?: Record<string, unknown>;
}
