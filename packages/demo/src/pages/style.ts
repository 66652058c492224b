/**
 * The style sheet of all pages, light and dark by the reader's setting.
 *
 * @internal
 */
export const STYLE = `
:root {
  color-scheme: light dark;
  --page: light-dark(#f6f7f9, #121417);
  --card: light-dark(#ffffff, #1b1e23);
  --line: light-dark(#d9dde3, #343a42);
  --text: light-dark(#1c2128, #e7eaee);
  --quiet: light-dark(#565f6b, #a5aeba);
  --link: light-dark(#1a56c4, #8ab4ff);
  --button: light-dark(#1a7f42, #2a8f50);
  --button-text: #ffffff;
  --added: light-dark(#e2f6e7, #15351f);
  --removed: light-dark(#fde8e8, #43191c);
  --hunk: light-dark(#eaf1fd, #1a2a44);
  --merged: light-dark(#6b3fb0, #b79af0);
  --open: light-dark(#1a7f42, #5fd08a);
  --warn: light-dark(#a32020, #ff9a94);
  --mono: ui-monospace, SFMono-Regular, Menlo, Consolas, "Liberation Mono", monospace;
}
* { box-sizing: border-box; }
body {
  margin: 0; background: var(--page); color: var(--text);
  font: 16px/1.5 system-ui, -apple-system, "Segoe UI", Roboto, sans-serif;
}
a { color: var(--link); text-decoration: none; }
a:hover { text-decoration: underline; }
:focus-visible { outline: 3px solid var(--link); outline-offset: 2px; border-radius: 4px; }
header { border-bottom: 1px solid var(--line); background: var(--card); }
header > div, main { max-width: 60rem; margin: 0 auto; padding: 1rem; }
header p { margin: 0; display: flex; flex-wrap: wrap; gap: .5rem; align-items: baseline; }
header .note { margin-inline-start: auto; }
h1 { font-size: 1.5rem; line-height: 1.25; margin: .5rem 0; }
h2 { font-size: 1.125rem; margin: 1.5rem 0 .5rem; }
nav ul { display: flex; gap: 1.25rem; list-style: none; margin: .75rem 0 1rem; padding: 0; }
nav a { display: inline-block; padding: .25rem 0; color: var(--text); }
nav a[aria-current] { border-bottom: 2px solid var(--link); font-weight: 600; }
.card { background: var(--card); border: 1px solid var(--line); border-radius: 8px; overflow: hidden; margin: 0 0 1rem; }
.card > .head { padding: .5rem 1rem; border-bottom: 1px solid var(--line); font-weight: 600; overflow-wrap: anywhere; }
.card > .body { padding: 1rem; overflow-wrap: anywhere; }
.card > .body > :first-child { margin-top: 0; }
.card > .body > :last-child { margin-bottom: 0; }
.rows { list-style: none; margin: 0; padding: 0; }
.rows li { padding: .6rem 1rem; display: flex; flex-wrap: wrap; gap: .25rem .75rem; align-items: baseline; }
.rows li + li { border-top: 1px solid var(--line); }
.quiet, .rows .quiet { color: var(--quiet); }
.end { margin-inline-start: auto; }
.mono, code, pre, textarea { font-family: var(--mono); font-size: .875rem; }
.badge { border: 1px solid currentColor; border-radius: 999px; padding: .05rem .7rem; font-size: .875rem; font-weight: 600; white-space: nowrap; }
.badge.open { color: var(--open); } .badge.merged { color: var(--merged); } .badge.closed { color: var(--warn); }
.code { margin: 0; overflow-x: auto; padding: .5rem 0; line-height: 1.45; }
.code .line { display: block; min-width: max-content; padding: 0 1rem; white-space: pre; scroll-margin-top: 30vh; }
.code .line:target { background: var(--hunk); }
.code .number { display: inline-block; width: 3rem; margin-inline-end: 1rem; text-align: end; color: var(--quiet); user-select: none; }
.code .added { background: var(--added); } .code .removed { background: var(--removed); }
.code .hunk { background: var(--hunk); color: var(--quiet); }
button, .button {
  font: inherit; font-weight: 600; border: 0; border-radius: 6px; padding: .5rem 1.1rem; min-height: 2.5rem;
  background: var(--button); color: var(--button-text); cursor: pointer; display: inline-block;
}
button:hover, .button:hover { filter: brightness(1.08); text-decoration: none; }
textarea { width: 100%; min-height: 24rem; padding: .75rem; border: 1px solid var(--line); border-radius: 6px; background: var(--page); color: var(--text); }
label { font-weight: 600; }
.problem { color: var(--warn); }
.card > .body code { background: var(--page); border-radius: 4px; padding: .1rem .3rem; }
.card > .body pre code { display: block; padding: .5rem .75rem; }
@media (forced-colors: active) { .badge, button { border: 1px solid; } }
`;
