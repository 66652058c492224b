import { Html, html } from './html';

/**
 * The part of Markdown that texts of pull requests use: headings, paragraphs,
 * lists, code, bold and links to web pages. Everything else is shown as it is.
 *
 * @internal
 */
export function markdown(text: string): Html {
  return html`${text
    .replace(/\r\n/g, '\n')
    .split(/(^```[^\n]*\n[\s\S]*?^```$)/m)
    .map(part => (part.startsWith('```') ? fenced(part) : blocks(part)))}`;
}

function fenced(text: string): Html {
  const code = text.split('\n').slice(1, -1).join('\n');
  return html`<pre class="code" tabindex="0"><code>${code}</code></pre>`;
}

function blocks(text: string): Html {
  const parts = text
    .split(/\n{2,}|\n(?=#)|(?<=^#.*)\n/m)
    .map(part => part.trim())
    .filter(Boolean);
  return html`${parts.map(block)}`;
}

function block(text: string): Html {
  const [, heading] = /^#{1,6} (.+)$/.exec(text) ?? [];
  if (heading) {
    return html`<h3>${inline(heading)}</h3>`;
  }
  const lines = text.split('\n');
  if (lines.every(line => /^[-*] /.test(line))) {
    return html`<ul>
      ${lines.map(line => html`<li>${inline(line.slice(2))}</li>`)}
    </ul>`;
  }
  if (lines.every(line => /^\d+\. /.test(line))) {
    return html`<ol>
      ${lines.map(
        line => html`<li>${inline(line.replace(/^\d+\. /, ''))}</li>`,
      )}
    </ol>`;
  }
  return html`<p>${inline(text)}</p>`;
}

const INLINE = /(`[^`\n]+`|\*\*[^*\n]+\*\*|\[[^\]\n]+\]\(https?:\/\/[^\s)]+\))/;

function inline(text: string): Html {
  return html`${text.split(INLINE).map(part => {
    if (/^`.+`$/.test(part)) {
      return html`<code>${part.slice(1, -1)}</code>`;
    }
    if (/^\*\*.+\*\*$/.test(part)) {
      return html`<strong>${part.slice(2, -2)}</strong>`;
    }
    const [, label, url] = /^\[(.+)\]\((https?:.+)\)$/.exec(part) ?? [];
    return url ? html`<a href="${url}" rel="noreferrer">${label}</a>` : part;
  })}`;
}
