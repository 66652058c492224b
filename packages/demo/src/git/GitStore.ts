import { BareRepository } from './BareRepository';
import { GitRepositories } from './GitRepositories';
import { PullRequests } from './PullRequests';

/**
 * What the Git host keeps: repositories and their pull requests.
 *
 * @public
 */
export class GitStore {
  readonly repositories: GitRepositories;
  readonly #pullRequests = new Map<string, PullRequests>();

  constructor(folder: string) {
    this.repositories = new GitRepositories(folder);
  }

  pullRequests(repository: BareRepository): PullRequests {
    const { fullName } = repository;
    const known = this.#pullRequests.get(fullName);
    if (known) {
      return known;
    }
    const created = new PullRequests(repository);
    this.#pullRequests.set(fullName, created);
    return created;
  }
}
