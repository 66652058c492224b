/**
 * Text that is HTML already.
 *
 * @internal
 */
export class Html {
  readonly text: string;

  constructor(text: string) {
    this.text = text;
  }
}

type Value = string | number | undefined | false | Html | Value[];

const ENTITIES: Record<string, string> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
};

/**
 * Template tag: what is put in is escaped, unless it is `Html` itself.
 *
 * @internal
 */
export function html(parts: TemplateStringsArray, ...values: Value[]): Html {
  const text = parts.reduce(
    (before, part, index) => before + render(values[index - 1]) + part,
  );
  return new Html(text);
}

function render(value: Value): string {
  if (value === undefined || value === false) {
    return '';
  }
  if (Array.isArray(value)) {
    return value.map(render).join('');
  }
  return value instanceof Html
    ? value.text
    : String(value).replace(/[&<>"']/g, character => ENTITIES[character]);
}
