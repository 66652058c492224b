/**
 * A YAML document to be written, with scalars as the tokens that will stand in the text,
 * so that it can say what no JSON value can: `on`, `0x1f`, one key twice.
 */
export type YamlNode =
  | { token: string }
  | { items: YamlNode[] }
  | { entries: [key: string, value: YamlNode][] };

/** The node that a JSON value is written as; texts are quoted. */
export function fromJson(value: unknown): YamlNode {
  if (Array.isArray(value)) return { items: value.map(fromJson) };
  if (typeof value === 'object' && value !== null) {
    return {
      entries: Object.entries(value).map(([key, item]) => [
        key,
        fromJson(item),
      ]),
    };
  }
  return { token: JSON.stringify(value) };
}

/** The JSON value that a node means; undefined where only a YAML reader can tell. */
export function toJson(node: YamlNode): unknown {
  try {
    return valueOf(node);
  } catch {
    return undefined;
  }
}

/** Throws where a token is not JSON, or a key is there twice. */
function valueOf(node: YamlNode): unknown {
  if ('token' in node) return JSON.parse(node.token);
  if ('items' in node) return node.items.map(valueOf);
  const keys = node.entries.map(([key]) => key);
  if (new Set(keys).size < keys.length) throw new Error('a key twice');
  return Object.fromEntries(
    node.entries.map(([key, value]) => [key, valueOf(value)]),
  );
}

/** Writes a node in block style. */
export function toYaml(node: YamlNode, indent = ''): string {
  if ('token' in node) return `${node.token}\n`;
  if ('items' in node) {
    if (node.items.length === 0) return '[]\n';
    return node.items
      .map(item => `${indent}- ${nested(item, `${indent}  `).trimStart()}`)
      .join('');
  }
  if (node.entries.length === 0) return '{}\n';
  return node.entries
    .map(([key, value]) => {
      const text = nested(value, `${indent}  `);
      const isBlock = text.startsWith('\n');
      return `${indent}${writeKey(key)}:${isBlock ? '' : ' '}${text}`;
    })
    .join('');
}

function nested(node: YamlNode, indent: string): string {
  const isBlock =
    ('items' in node && node.items.length > 0) ||
    ('entries' in node && node.entries.length > 0);
  return isBlock ? `\n${toYaml(node, indent)}` : toYaml(node, indent);
}

function writeKey(key: string): string {
  const isPlain =
    /^[a-z][A-Za-z]+$/.test(key) &&
    !/^(on|off|yes|no|true|false|null)$/.test(key);
  return isPlain ? key : JSON.stringify(key);
}
