import type { FindingCode } from './FindingCode';

/** What a rule found wrong: a Finding before it knows its object and place. */
export interface Problem {
  code: FindingCode;
  /** The API server's field path. */
  path: string;
  /** The value there, where the message is about it. Default: none. */
  value?: string;
  message: string;
  hint: string;
}

/** Takes what the rules find about one field. */
export type ReportAt = (
  code: FindingCode,
  path: string,
  message: string,
  hint: string,
) => void;

/** A list of problems, and the shorthand to add to it. */
export function collectProblems(): { problems: Problem[]; report: ReportAt } {
  const problems: Problem[] = [];
  return {
    problems,
    report: (code, path, message, hint) =>
      problems.push({ code, path, message, hint }),
  };
}
