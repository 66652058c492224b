import type { Finding } from '@external-services/backstage-plugin-external-services-common';
import { oneLine } from './oneLine';

/**
 * Notes and findings as a Markdown list, each once; empty when there are none.
 *
 * @internal
 */
export function findingNotes(findings: Finding[], notes: string[]): string {
  const found = findings.map(({ message, hint }) =>
    oneLine([message, hint].filter(Boolean).join(' ')),
  );
  return [...new Set([...notes, ...found])].map(note => `- ${note}`).join('\n');
}
