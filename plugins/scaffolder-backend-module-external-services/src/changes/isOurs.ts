import { MANAGED_BY } from '@external-services/backstage-plugin-external-services-common';
import { loadAll } from 'js-yaml';

/**
 * True when every document of the file says that we wrote it. A file that
 * cannot be read is not ours.
 *
 * @internal
 */
export function isOurs(content: string): boolean {
  let documents: unknown[];
  try {
    documents = loadAll(content).filter(document => document !== null);
  } catch {
    return false;
  }
  return documents.length > 0 && documents.every(hasOurLabel);
}

function hasOurLabel(document: unknown): boolean {
  const { metadata } = record(document);
  const { labels } = record(metadata);
  return record(labels)['app.kubernetes.io/managed-by'] === MANAGED_BY;
}

function record(value: unknown): Record<string, unknown> {
  return typeof value === 'object' && value !== null
    ? (value as Record<string, unknown>)
    : {};
}
