/**
 * A file of a repository, complete.
 *
 * @public
 */
export interface EditFile {
  /** Relative to the repository root. */
  path: string;
  content: string;
}

/**
 * Why an edit was refused. Stable.
 *
 * - `template`: a template makes the mapping, or mentions it
 * - `alias`: YAML aliases stand where the mapping is written
 * - `unreadable`: what mentions the mapping is broken, too large or written in a way that is not read here
 * - `not-found`: no file declares the mapping
 * - `ambiguous`: several mappings fit the selector
 * - `name-taken`: another object has the name that the edit would give
 * - `shared`: an object of the mapping belongs to another mapping too
 * - `headless-switch`: Kubernetes refuses the change one way and ignores it the other
 * - `family-switch`: Kubernetes never changes the first address family of a running service
 * - `not-accepted`: the API server would refuse the result, or it would lead nowhere
 * - `not-editable`: the text cannot be changed without risk
 *
 * @public
 */
export type EditRefusal =
  | 'template'
  | 'alias'
  | 'unreadable'
  | 'not-found'
  | 'ambiguous'
  | 'name-taken'
  | 'shared'
  | 'headless-switch'
  | 'family-switch'
  | 'not-accepted'
  | 'not-editable';

/**
 * What became of an edit.
 *
 * @public
 */
export type EditResult =
  | {
      status: 'edited';
      /** The files whose bytes changed, new ones included; never empty together with `deleted`. */
      changed: EditFile[];
      /** Paths of files that held nothing else. */
      deleted: string[];
    }
  | {
      /** The files say already what is wanted. */
      status: 'unchanged';
    }
  | {
      status: 'refused';
      reason: EditRefusal;
      /** For the person who asked: what is in the way, and what to do. */
      message: string;
      /** What is in the way. Default: none, it is in no file. */
      file?: string;
      /** Starts at 1. */
      line?: number;
      /** The manifests to write by hand, each with the file they belong to. Default: none, they are not known. */
      wanted?: EditFile[];
    };
