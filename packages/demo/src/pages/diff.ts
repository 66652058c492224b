import { Html, html } from './html';

/** One file of a unified diff. */
interface FileDiff {
  title: string;
  lines: string[];
}

/**
 * A unified diff, one card for each file.
 *
 * @internal
 */
export function diffCards(diff: string): Html {
  return html`${filesOf(diff).map(
    file => html`<section class="card">
      <h3 class="head mono" style="margin:0">${file.title}</h3>
      <pre
        class="code"
        tabindex="0"
        aria-label="Changes in ${file.title}"
      ><code>${file.lines.map(diffLine)}</code></pre>
    </section>`,
  )}`;
}

function filesOf(diff: string): FileDiff[] {
  return diff
    .split(/^diff --git /m)
    .slice(1)
    .map(text => {
      const [names, ...rest] = text.replace(/\n$/, '').split('\n');
      const start = rest.findIndex(line => line.startsWith('@@'));
      const head = start === -1 ? rest : rest.slice(0, start);
      const [, from, to] = /^a\/(.+) b\/(.+)$/.exec(names) ?? [
        '',
        names,
        names,
      ];
      return {
        title: `${from === to ? to : `${from} → ${to}`}${note(head)}`,
        lines: start === -1 ? [] : rest.slice(start),
      };
    });
}

function note(head: string[]): string {
  if (head.some(line => line.startsWith('new file'))) {
    return ' (new)';
  }
  return head.some(line => line.startsWith('deleted file')) ? ' (removed)' : '';
}

function diffLine(line: string): Html {
  const kinds: Record<string, string> = {
    '+': 'added',
    '-': 'removed',
    '@': 'hunk',
  };
  return html`<span class="line ${kinds[line[0]]}">${line}</span>`;
}
