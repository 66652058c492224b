import { oneLine } from './oneLine';
import type { RenderedFile } from '@external-services/backstage-plugin-external-services-common/yaml';

/** Whatever Markdown, or a host's own kind of it, takes for more than itself. */
const SPECIAL = /[\\`*_[\]<>#|~&@$]|^[-+=]/g;

/**
 * A text from outside for a sentence: it stays on its line, and nothing in it is read as
 * Markdown.
 *
 * @internal
 */
export function plain(text: string): string {
  return oneLine(text).replace(SPECIAL, '\\$&');
}

/**
 * A text from outside as code within a line, which it cannot leave.
 *
 * @internal
 */
export function code(text: string): string {
  const inner = oneLine(text);
  const runs = inner.match(/`+/g) ?? [];
  if (runs.length === 0) {
    return `\`${inner}\``;
  }
  const fence = '`'.repeat(Math.max(...runs.map(run => run.length)) + 1);
  return `${fence} ${inner} ${fence}`;
}

/**
 * A fenced block that its content cannot close.
 *
 * @internal
 */
export function fenced(content: string, language: string): string {
  const runs = content.match(/`{3,}/g) ?? [];
  const fence = '`'.repeat(
    runs.reduce((longest, run) => Math.max(longest, run.length), 2) + 1,
  );
  return `${fence}${language}\n${content.trimEnd()}\n${fence}`;
}

/**
 * Files as Markdown: the path, then the content.
 *
 * @internal
 */
export function filesMarkdown(
  files: RenderedFile[],
  language: 'yaml' | 'diff' = 'yaml',
): string {
  return files
    .map(({ path, content }) => `${code(path)}\n\n${fenced(content, language)}`)
    .join('\n\n');
}
