import { BareRepository, GitCommit } from '../git/BareRepository';
import { PullRequest } from '../git/PullRequests';

/**
 * The addresses that answers are full of.
 *
 * @internal
 */
export interface Addresses {
  /** Of the pages, for example `http://localhost:7017`. */
  web: string;
  /** Of the REST API, for example `http://localhost:7017/api/v3`. */
  api: string;
}

/** @internal */
export function accountAnswer(login: string, { web, api }: Addresses) {
  return {
    login,
    id: 1,
    type: 'Organization',
    url: `${api}/users/${login}`,
    html_url: `${web}/${login}`,
  };
}

/** @internal */
export async function repositoryAnswer(
  repository: BareRepository,
  addresses: Addresses,
) {
  const { owner, name, fullName } = repository;
  const url = `${addresses.api}/repos/${fullName}`;
  const html = `${addresses.web}/${fullName}`;
  const branches = await repository.branches();
  return {
    name,
    full_name: fullName,
    owner: accountAnswer(owner, addresses),
    private: false,
    visibility: 'public',
    default_branch: await repository.defaultBranch(),
    size: branches.length,
    permissions: { admin: true, push: true, pull: true },
    url,
    html_url: html,
    clone_url: `${html}.git`,
    archive_url: `${url}/{archive_format}{/ref}`,
    trees_url: `${url}/git/trees{/sha}`,
    blobs_url: `${url}/git/blobs{/sha}`,
    commits_url: `${url}/commits{/sha}`,
    contents_url: `${url}/contents/{+path}`,
  };
}

/** The form of `/git/commits`. @internal */
export function gitCommitAnswer(commit: GitCommit) {
  const { author, tree, parents, message, sha } = commit;
  return {
    sha,
    message,
    author,
    committer: author,
    tree: { sha: tree },
    parents: parents.map(parent => ({ sha: parent })),
  };
}

/** The form of `/commits`. @internal */
export function commitAnswer(commit: GitCommit) {
  const { sha, parents, ...rest } = gitCommitAnswer(commit);
  return { sha, parents, commit: rest };
}

/** @internal */
export function pullRequestAnswer(
  repository: BareRepository,
  pull: PullRequest,
  addresses: Addresses,
) {
  const { owner, fullName } = repository;
  return {
    number: pull.number,
    node_id: `PR_${pull.number}`,
    title: pull.title,
    body: pull.body,
    draft: pull.draft,
    state: pull.state === 'open' ? 'open' : 'closed',
    merged: pull.state === 'merged',
    merged_at: pull.mergedAt ?? null,
    merge_commit_sha: pull.mergeSha ?? null,
    created_at: pull.createdAt,
    user: accountAnswer(pull.author, addresses),
    labels: pull.labels.map(name => ({ name })),
    head: { ref: pull.head, label: `${owner}:${pull.head}` },
    base: { ref: pull.base, label: `${owner}:${pull.base}` },
    url: `${addresses.api}/repos/${fullName}/pulls/${pull.number}`,
    html_url: `${addresses.web}/${fullName}/pull/${pull.number}`,
  };
}
