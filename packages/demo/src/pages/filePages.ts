import { BareRepository, GitTreeEntry } from '../git/BareRepository';
import { html } from './html';
import { page, repositoryHead, repositoryTrail } from './layout';

/** @internal */
export function homePage(
  repositories: { repository: BareRepository; openPulls: number }[],
): string {
  return page(
    'Repositories',
    html``,
    html`<h1>Repositories</h1>
      <div class="card">
        <ul class="rows">
          ${repositories.map(
            ({ repository, openPulls }) => html`<li>
              <a href="/${repository.fullName}">${repository.fullName}</a>
              <span class="quiet end">
                ${openPulls > 0 &&
                html`<a href="/${repository.fullName}/pulls"
                  >${openPulls} open pull
                  ${openPulls === 1 ? 'request' : 'requests'}</a
                >`}
              </span>
            </li>`,
          )}
        </ul>
      </div>`,
  );
}

/**
 * What a page about files at a ref needs.
 *
 * @internal
 */
export interface FilePlace {
  repository: BareRepository;
  ref: string;
  /** Empty for the top folder. */
  path: string;
  openPulls: number;
}

/** @internal */
export function folderPage(
  place: FilePlace,
  entries: GitTreeEntry[],
  last: { message: string; date: string } | undefined,
): string {
  const { repository, ref, path, openPulls } = place;
  const inside = (name: string) => (path ? `${path}/${name}` : name);
  const link = ({ type, path: name }: GitTreeEntry) =>
    `/${repository.fullName}/${
      type === 'tree' ? 'tree' : 'blob'
    }/${ref}/${inside(name)}`;
  const sorted = [...entries].sort((a, b) =>
    a.type === b.type
      ? a.path.localeCompare(b.path)
      : b.type.localeCompare(a.type),
  );
  return page(
    repository.fullName,
    repositoryTrail(repository),
    html`${repositoryHead(repository, 'files', openPulls)}
      <h1>${path || repository.fullName}</h1>
      <div class="card">
        <div class="head">
          <span class="mono">${ref}</span>
          ${last &&
          html`<span class="quiet">· ${last.message.split('\n')[0]}</span>`}
        </div>
        <ul class="rows">
          ${path &&
          html`<li><a href="${parentLink(place)}">one folder up</a></li>`}
          ${sorted.map(
            entry => html`<li>
              <a class="mono" href="${link(entry)}"
                >${entry.path}${entry.type === 'tree' && '/'}</a
              >
              ${entry.size !== undefined &&
              html`<span class="quiet end">${entry.size} bytes</span>`}
            </li>`,
          )}
          ${sorted.length === 0 &&
          html`<li class="quiet">Nothing here yet.</li>`}
        </ul>
      </div>`,
  );
}

function parentLink({ repository, ref, path }: FilePlace): string {
  const parent = path.split('/').slice(0, -1).join('/');
  return parent
    ? `/${repository.fullName}/tree/${ref}/${parent}`
    : `/${repository.fullName}`;
}

/** @internal */
export function filePage(place: FilePlace, content: string): string {
  const { repository, ref, path, openPulls } = place;
  const lines = content.replace(/\n$/, '').split('\n');
  return page(
    `${path} · ${repository.fullName}`,
    repositoryTrail(repository),
    html`${repositoryHead(repository, 'files', openPulls)}
      <h1>${path}</h1>
      <p>
        <a href="${parentLink(place)}">Folder</a> ·
        <a href="/${repository.fullName}/edit/${ref}/${path}">Edit this file</a>
        <span class="quiet">· branch</span> <span class="mono">${ref}</span>
      </p>
      <div class="card">
        <pre class="code" tabindex="0" aria-label="${path}"><code>${lines.map(
          (line, index) =>
            html`<span class="line" id="L${index + 1}"
              ><span class="number">${index + 1}</span>${line}</span
            >`,
        )}</code></pre>
      </div>`,
  );
}

/** @internal */
export function editPage(
  place: FilePlace,
  content: string,
  secret: string,
): string {
  const { repository, ref, path, openPulls } = place;
  return page(
    `Edit ${path} · ${repository.fullName}`,
    repositoryTrail(repository),
    html`${repositoryHead(repository, 'files', openPulls)}
      <h1>Edit ${path}</h1>
      <form method="post">
        <input type="hidden" name="secret" value="${secret}" />
        <p>
          <label for="content">Content on branch ${ref}</label>
          <textarea id="content" name="content" spellcheck="false">
${content}</textarea
          >
        </p>
        <p>
          <button type="submit">Commit to ${ref}</button>
          <a href="/${repository.fullName}/blob/${ref}/${path}">Cancel</a>
        </p>
      </form>`,
  );
}
