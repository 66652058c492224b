import { isMap, isScalar, isSeq, parseDocument } from 'yaml';

/**
 * A `kustomization.yaml` with one more resource; every other byte of a block
 * list stays.
 *
 * @returns undefined when the file cannot be read as one
 * @internal
 */
export function withResource(
  content: string,
  name: string,
): string | undefined {
  const document = parseDocument(content);
  const resources = document.get('resources');
  if (document.errors.length > 0 || !isMap(document.contents)) {
    return undefined;
  }
  if (!resources) {
    document.set('resources', [name]);
    return document.toString();
  }
  if (!isSeq(resources)) {
    return undefined;
  }
  const listed = resources.items.some(
    item => isScalar(item) && String(item.value).replace(/^\.\//, '') === name,
  );
  if (listed) {
    return content;
  }
  const last = resources.items.at(-1);
  if (resources.flow || !isScalar(last) || !last.range) {
    resources.add(name);
    return document.toString();
  }
  return afterLine(content, last.range[0], name);
}

/** Adds an item below the one that stands at `offset`, indented like it. */
function afterLine(content: string, offset: number, name: string): string {
  const start = content.lastIndexOf('\n', offset) + 1;
  const indentation = /^[ ]*/.exec(content.slice(start))?.[0] ?? '';
  const next = content.indexOf('\n', offset);
  const end = next < 0 ? content.length : next;
  const lineEnd = content[end - 1] === '\r' ? '\r\n' : '\n';
  const before = next < 0 ? `${content}${lineEnd}` : content.slice(0, end + 1);
  return `${before}${indentation}- ${name}${lineEnd}${content.slice(end + 1)}`;
}
