import type { Finding } from '@external-services/backstage-plugin-external-services-common';
import { plain } from './markdown';

/**
 * Notes and findings as a Markdown list, each once; empty when there are none. Notes are
 * Markdown already; findings quote files.
 *
 * @internal
 */
export function findingNotes(findings: Finding[], notes: string[]): string {
  const found = findings.map(({ message, hint }) =>
    plain([message, hint].filter(Boolean).join(' ')),
  );
  return [...new Set([...notes, ...found])].map(note => `- ${note}`).join('\n');
}
