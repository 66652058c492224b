import { isScalar, isSeq, parseDocument } from 'yaml';

/**
 * A `kustomization.yaml` without some of its resources; every other byte stays.
 * One that cannot be read stays whole.
 *
 * @internal
 */
export function withoutResources(content: string, names: string[]): string {
  const document = parseDocument(content);
  const resources = document.errors.length === 0 && document.get('resources');
  if (!isSeq(resources)) {
    return content;
  }
  const gone = resources.items.filter(
    item =>
      isScalar(item) && names.includes(String(item.value).replace(/^\.\//, '')),
  );
  if (resources.flow || gone.length === resources.items.length) {
    // A block list needs an item, and items of a flow list share their lines.
    gone.forEach(item => resources.delete(resources.items.indexOf(item)));
    return gone.length > 0 ? document.toString() : content;
  }
  return gone.reduceRight<string>((text, item) => {
    const [start, end] = (isScalar(item) && item.range) || [0, 0];
    const next = text.indexOf('\n', end);
    return (
      text.slice(0, text.lastIndexOf('\n', start) + 1) +
      (next < 0 ? '' : text.slice(next + 1))
    );
  }, content);
}
