import { BareRepository } from '../git/BareRepository';
import { Html, html } from './html';

/**
 * A whole page.
 *
 * @internal
 */
export function page(title: string, trail: Html, body: Html): string {
  return html`<!DOCTYPE html>
    <html lang="en">
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <title>${title}</title>
        <link rel="stylesheet" href="/-/style.css" />
        <link rel="icon" href="data:," />
      </head>
      <body>
        <header>
          <div>
            <p>
              <a href="/">Git host</a> ${trail}
              <span class="note quiet"
                >part of the demo, not of the product</span
              >
            </p>
          </div>
        </header>
        <main>${body}</main>
      </body>
    </html>`.text;
}

/**
 * Heading and tabs of a repository's pages.
 *
 * @internal
 */
export function repositoryHead(
  repository: BareRepository,
  current: 'files' | 'pulls',
  openPulls: number,
): Html {
  const { fullName } = repository;
  const tab = (name: string, href: string, isCurrent: boolean) =>
    isCurrent
      ? html`<li><a href="${href}" aria-current="page">${name}</a></li>`
      : html`<li><a href="${href}">${name}</a></li>`;
  return html`<nav aria-label="Repository">
    <ul>
      ${tab('Files', `/${fullName}`, current === 'files')}
      ${tab(
        `Pull requests (${openPulls})`,
        `/${fullName}/pulls`,
        current === 'pulls',
      )}
    </ul>
  </nav>`;
}

/** `/ shop / orders` in the page's head. @internal */
export function repositoryTrail(repository: BareRepository): Html {
  return html`<span class="quiet">/</span> ${repository.owner}
    <span class="quiet">/</span>
    <a href="/${repository.fullName}">${repository.name}</a>`;
}

/** A page with nothing but a message. @internal */
export function messagePage(title: string, message: string): string {
  return page(
    title,
    html``,
    html`<h1>${title}</h1>
      <p>${message}</p>
      <p><a href="/">All repositories</a></p>`,
  );
}
