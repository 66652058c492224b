/** A decision about one object. */
export interface Verdict {
  accepted: boolean;
  /** Distinct field paths of what is wrong, sorted. */
  fields: string[];
  /**
   * How much `fields` says: `all` that is wrong; `some` of it, by paths that may lack indexes
   * and map keys, as errors of decoding are told; or `none`.
   */
  told: 'all' | 'some' | 'none';
  /** What was said, for reports. */
  message: string;
}

/** How two verdicts compare. */
export type Comparison = 'agree' | 'decisions differ' | 'fields differ';

/** Compares our verdict with the server's. */
export function compareVerdicts(own: Verdict, server: Verdict): Comparison {
  if (own.accepted !== server.accepted) return 'decisions differ';
  if (server.accepted || server.told === 'none') return 'agree';
  const agree =
    server.told === 'all'
      ? String(own.fields) === String(server.fields)
      : server.fields.every(field =>
          own.fields.some(ownField => isWithin(ownField, field)),
        );
  return agree ? 'agree' : 'fields differ';
}

/** Distinct and sorted, as a verdict has them. */
export function distinctFields(fields: string[]): string[] {
  return [...new Set(fields)].sort();
}

function isWithin(field: string, parent: string): boolean {
  const [path, parentPath] = [field, parent].map(withoutIndexes);
  return path === parentPath || path.startsWith(`${parentPath}.`);
}

function withoutIndexes(field: string): string {
  return field.replace(/\[[^\]]*\]/g, '');
}
