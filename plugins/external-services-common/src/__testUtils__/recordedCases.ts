import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { load } from 'js-yaml';

/** One manifest with the verdicts of real API servers. */
export interface RecordedCase {
  id: string;
  description: string;
  operation?: 'create' | 'create-post' | 'replace';
  existing?: Record<string, unknown>;
  manifest: Record<string, unknown>;
  accept: boolean;
  field: string | null;
  fields?: string[];
  since: string | null;
  before?: { accept: boolean; field: string | null };
  observed?: Record<string, string>;
}

/** The versions of the API servers that were asked. */
export const RECORDED_VERSIONS = [
  '1.30',
  '1.31',
  '1.32',
  '1.33',
  '1.34',
  '1.35',
  '1.36',
];

/** The cluster that was asked: single-stack, with the defaults of kube-apiserver. */
export const RECORDED_CLUSTER = {
  serviceRanges: ['10.96.0.0/12'],
  nodePorts: [30000, 32767] as [number, number],
};

/** All recorded cases. */
export function recordedCases(): RecordedCase[] {
  const path = resolve(
    __dirname,
    '../validation/__fixtures__/kubernetes-cases.yaml',
  );
  return expand(load(readFileSync(path, 'utf8'))) as RecordedCase[];
}

/** What one server answered. */
export interface RecordedVerdict {
  accept: boolean;
  /** Field paths of the errors; none when the server could not decode the object. */
  fields: string[];
  /** False where only the first field path was recorded. */
  complete: boolean;
}

/** The verdict of one server on one case. */
export function recordedVerdict(
  recorded: RecordedCase,
  version: string,
): RecordedVerdict {
  const seen = recorded.observed?.[version];
  if (seen !== undefined) {
    const accept = seen === 'accept';
    return { accept, fields: accept ? [] : [seen], complete: accept };
  }
  const fields = recorded.fields ?? (recorded.field ? [recorded.field] : []);
  return { accept: recorded.accept, fields, complete: true };
}

/** The macros of the file: `{{repeat:S:N}}` and `{$repeat: {count, item}}`. */
function expand(value: unknown): unknown {
  if (typeof value === 'string') {
    return value.replace(
      /\{\{repeat:(.*?):(\d+)\}\}/gs,
      (_, text: string, count: string) => text.repeat(Number(count)),
    );
  }
  if (Array.isArray(value)) {
    return value.map(expand);
  }
  if (typeof value !== 'object' || value === null) {
    return value;
  }
  if ('$repeat' in value) {
    const { count, item } = value.$repeat as { count: number; item: unknown };
    return Array.from({ length: count }, () => expand(item));
  }
  return Object.fromEntries(
    Object.entries(value).map(([key, item]) => [key, expand(item)]),
  );
}
