import type { FindingCode } from '../validation/FindingCode';

/** Why a document could not be read, or only in part. */
export interface YamlProblem {
  code: FindingCode;
  message: string;
  hint: string;
  /** Field path as far as it is known. */
  path: string;
  /** Offset in the document. */
  offset: number;
}

/** Ends the reading of a document. */
export class YamlProblemError extends Error {
  constructor(readonly problem: YamlProblem) {
    super(problem.message);
    this.name = 'YamlProblemError';
  }
}
