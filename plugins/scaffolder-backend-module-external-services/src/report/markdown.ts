import type { RenderedFile } from '@external-services/backstage-plugin-external-services-common/yaml';

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
    .map(({ path, content }) => `\`${path}\`\n\n${fenced(content, language)}`)
    .join('\n\n');
}
