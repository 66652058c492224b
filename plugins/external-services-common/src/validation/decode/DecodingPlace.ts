import { pathOf } from '../fieldPath';
import type { FindingCode } from '../FindingCode';
import type { ReportAt } from '../Problem';

/** Where in an object decoding is. Its path is only made when something is wrong there. */
export class DecodingPlace {
  private readonly steps: (string | number)[] = [];

  constructor(private readonly reportAt: ReportAt) {}

  enter(step: string | number): void {
    this.steps.push(step);
  }

  leave(): void {
    this.steps.pop();
  }

  path(): string {
    return pathOf(this.steps);
  }

  report(
    code: FindingCode,
    message: string,
    hint: string | (() => string),
  ): void {
    this.reportAt(code, this.path(), message, hint);
  }
}
