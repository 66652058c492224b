import type { FindingFix } from './Finding';
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
  /** Default: what `mechanicalFix` knows, or none. */
  fix?: FindingFix;
}

/** Takes what the rules find about one field. A hint that takes time is only made when it is wanted. */
export type ReportAt = (
  code: FindingCode,
  path: string,
  message: string,
  hint: string | (() => string),
) => void;

/** Of an object with thousands of mistakes the first of each kind tell enough. */
const MAX_OF_ONE_CODE = 100;

/** A list of problems, and the shorthand to add to it, at most 100 of one code. */
export interface ProblemCollector {
  problems: Problem[];
  report: ReportAt;
}

/** Nothing yet. */
export function collectProblems(): ProblemCollector {
  const problems: Problem[] = [];
  let counts: Map<FindingCode, number> | undefined;
  return {
    problems,
    report: (code, path, message, hint) => {
      counts ??= new Map();
      const count = counts.get(code) ?? 0;
      if (count < MAX_OF_ONE_CODE) {
        counts.set(code, count + 1);
        problems.push({
          code,
          path,
          message,
          hint: typeof hint === 'string' ? hint : hint(),
        });
      }
    },
  };
}
