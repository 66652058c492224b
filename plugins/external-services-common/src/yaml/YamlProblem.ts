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

/** The problem of a document that goes beyond a bound. */
export function tooLargeProblem(
  what: string,
  path: string,
  offset: number,
): YamlProblem {
  return {
    code: 'too-large',
    message: `This document has ${what}, so it was not read.`,
    hint: 'Split it into smaller ones.',
    path,
    offset,
  };
}
