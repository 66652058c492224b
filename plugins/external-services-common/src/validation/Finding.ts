import type { Position } from '../manifests/ManifestObject';

/**
 * `info` is called a note on screen.
 *
 * @public
 */
export type FindingSeverity = 'error' | 'warning' | 'info';

/**
 * Names the object a finding is about.
 *
 * @public
 */
export interface ObjectReference {
  apiVersion: string;
  kind: string;
  name: string;
  namespace?: string;
}

/**
 * Another value of one field.
 *
 * @public
 */
export interface FieldChange {
  /** The API server's field path, in the object of the finding. */
  path: string;
  /** What to write there. Default: none, the field is taken out. */
  value?: unknown;
}

/**
 * The remedy of a finding where it needs no decision. `applyFix` carries it out.
 *
 * @public
 */
export interface FindingFix {
  /** What it does, for a button: `Write db.example.com`. */
  title: string;
  changes: FieldChange[];
}

/**
 * One result of reading, validation or lint.
 *
 * @public
 */
export interface Finding {
  /** Stable, kebab-case; the page `docs/findings/<code>.md` explains it. */
  code: string;
  severity: FindingSeverity;
  /** The API server's field path, empty when the finding is about the whole object or file. */
  path: string;
  /** The value there, where the finding names it. Default: none. */
  value?: string;
  /** What is wrong. */
  message: string;
  /** What to write instead. Default: none. */
  hint?: string;
  /** Default: none, a person has to decide. */
  fix?: FindingFix;
  /** Default: none, the finding is about a file. */
  object?: ObjectReference;
  /** File, relative to the repository root. Default: none. */
  file?: string;
  position?: Position;
}
