import { columnOf, isFirstInLine, lineBreakNear } from './textLines';
import type { YamlNode } from './YamlTree';

/** How a text is written, as far as new parts of it have to follow. */
export interface TextStyle {
  newline: string;
  /** Spaces by which a map stands to the right of its key. */
  indent: number;
  /** Whether the dashes of a list stand to the right of its key. */
  indentLists: boolean;
  quote: 'single' | 'double';
  /** Whether keys are quoted, as in JSON. */
  quotedKeys: boolean;
}

/** The style of our own files. */
export const OWN_STYLE: TextStyle = {
  newline: '\n',
  indent: 2,
  indentLists: true,
  quote: 'single',
  quotedKeys: false,
};

/** The style of a document; where it shows nothing, that of our own files. */
export function detectStyle(text: string, root: YamlNode): TextStyle {
  const seen: Partial<TextStyle> = {};
  const quotes = { single: 0, double: 0 };
  const keys = { quoted: 0, plain: 0 };

  function look(node: YamlNode): void {
    if (node.kind === 'scalar') {
      if (node.style === 'single' || node.style === 'double') {
        quotes[node.style] += 1;
      }
    } else if (node.kind === 'sequence') {
      node.items.forEach(item => look(item.node));
    } else {
      for (const { key, node: value } of node.entries) {
        keys[key.style === 'double' ? 'quoted' : 'plain'] += 1;
        measure(columnOf(text, key.start), value);
        look(value);
      }
    }
  }

  function measure(keyColumn: number, value: YamlNode): void {
    const child = firstChild(value);
    if (child === undefined || !isFirstInLine(text, child)) {
      return;
    }
    const distance = columnOf(text, child) - keyColumn;
    if (value.kind === 'sequence' && !value.flow) {
      seen.indentLists ??= distance > 0;
    } else if (distance > 0) {
      seen.indent ??= distance;
    }
  }

  look(root);
  return {
    ...OWN_STYLE,
    ...seen,
    newline: lineBreakNear(text, root.end),
    quote: quotes.double > quotes.single ? 'double' : 'single',
    quotedKeys: keys.quoted > keys.plain,
  };
}

function firstChild(node: YamlNode): number | undefined {
  switch (node.kind) {
    case 'mapping':
      return node.entries[0]?.key.start;
    case 'sequence':
      return node.items[0]?.dash;
    default:
      return undefined;
  }
}
