import { dump } from 'js-yaml';
import type { UntypedObject } from '../../manifests/reading';
import { GO_DUMP_SCHEMA } from '../../yaml/goDumpSchema';
import { OWN_STYLE, type TextStyle } from './TextStyle';
import { YamlWriter } from './YamlWriter';

/** Documents in a style, each with its separator and a line break at the end. */
export function newDocuments(
  manifests: UntypedObject[],
  style: TextStyle,
): string {
  return manifests
    .map(manifest => `---\n${newDocument(manifest, style)}\n`)
    .join('')
    .replace(/\n/g, style.newline);
}

function newDocument(manifest: UntypedObject, style: TextStyle): string {
  if (style.indent !== OWN_STYLE.indent) {
    // js-yaml would widen the gap behind dashes as well.
    const plain = { ...style, newline: '\n', quotedKeys: false };
    return new YamlWriter('', plain).document(manifest);
  }
  return dump(manifest, {
    schema: GO_DUMP_SCHEMA,
    lineWidth: -1,
    noRefs: true,
    seqNoIndent: !style.indentLists,
    quoteStyle: style.quote,
  }).trimEnd();
}
