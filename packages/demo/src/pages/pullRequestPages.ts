import { BareRepository } from '../git/BareRepository';
import { PullRequest } from '../git/PullRequests';
import { diffCards } from './diff';
import { Html, html } from './html';
import { markdown } from './markdown';
import { page, repositoryHead, repositoryTrail } from './layout';

const WORDS = { open: 'Open', merged: 'Merged', closed: 'Closed' };

function badge({ state, draft }: PullRequest): Html {
  const word = state === 'open' && draft ? 'Draft' : WORDS[state];
  return html`<span class="badge ${state}">${word}</span>`;
}

function time(iso: string): Html {
  const text = `${iso.slice(0, 10)} ${iso.slice(11, 16)} UTC`;
  return html`<time datetime="${iso}">${text}</time>`;
}

/** @internal */
export function pullRequestsPage(
  repository: BareRepository,
  pulls: PullRequest[],
): string {
  const open = pulls.filter(pull => pull.state === 'open').length;
  return page(
    `Pull requests · ${repository.fullName}`,
    repositoryTrail(repository),
    html`${repositoryHead(repository, 'pulls', open)}
      <h1>Pull requests</h1>
      <div class="card">
        <ul class="rows">
          ${pulls.map(
            pull => html`<li>
              <a href="/${repository.fullName}/pull/${pull.number}"
                >${pull.title}</a
              >
              ${badge(pull)}
              <span class="quiet end">
                #${pull.number}, ${time(pull.createdAt)}
              </span>
            </li>`,
          )}
          ${pulls.length === 0 &&
          html`<li class="quiet">No pull requests yet.</li>`}
        </ul>
      </div>`,
  );
}

/**
 * What the page of one pull request shows.
 *
 * @internal
 */
export interface PullRequestView {
  repository: BareRepository;
  pull: PullRequest;
  openPulls: number;
  diff: string;
  /** Files that stand in the way of a merge. */
  conflicts: string[];
  /** Proves that a form came from this page. */
  secret: string;
}

/** @internal */
export function pullRequestPage(view: PullRequestView): string {
  const { repository, pull, openPulls, diff } = view;
  return page(
    `${pull.title} · ${repository.fullName}#${pull.number}`,
    repositoryTrail(repository),
    html`${repositoryHead(repository, 'pulls', openPulls)}
      <h1>${pull.title} <span class="quiet">#${pull.number}</span></h1>
      <p>
        ${badge(pull)} ${pull.author} wants to merge
        <span class="mono">${pull.head}</span> into
        <span class="mono">${pull.base}</span>
        <span class="quiet">· ${time(pull.createdAt)}</span>
      </p>
      <div class="card">
        <div class="body">
          ${pull.body
            ? markdown(pull.body)
            : html`<p class="quiet">No description.</p>`}
        </div>
      </div>
      ${mergeCard(view)}
      <h2>Changes</h2>
      ${diff ? diffCards(diff) : html`<p class="quiet">Nothing differs.</p>`}`,
  );
}

function mergeCard(view: PullRequestView): Html {
  const { repository, pull, conflicts, secret } = view;
  const link = `/${repository.fullName}/pull/${pull.number}`;
  if (pull.state === 'merged') {
    return html`<div class="card" role="status">
      <div class="body">
        <p>
          <strong>Merged</strong> into <span class="mono">${pull.base}</span>,
          ${time(pull.mergedAt ?? pull.createdAt)}.
          <a href="/${repository.fullName}">Show the files</a>
        </p>
      </div>
    </div>`;
  }
  if (pull.state === 'closed') {
    return html`<div class="card">
      <div class="body"><p>Closed without a merge.</p></div>
    </div>`;
  }
  if (conflicts.length > 0) {
    return html`<div class="card" role="status">
      <div class="body">
        <p class="problem"><strong>This cannot be merged.</strong></p>
        <p>
          <span class="mono">${pull.base}</span> has changed the same lines
          since. Run the template again, or change the branch, and come back:
        </p>
        <ul>
          ${conflicts.map(file => html`<li class="mono">${file}</li>`)}
        </ul>
      </div>
    </div>`;
  }
  return html`<div class="card">
    <div class="body">
      <p>Nothing stands in the way of a merge.</p>
      <form method="post" action="${link}/merge">
        <input type="hidden" name="secret" value="${secret}" />
        <button type="submit">Merge</button>
      </form>
    </div>
  </div>`;
}
