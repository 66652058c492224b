import { Request } from 'express';
import { BareRepository } from '../git/BareRepository';
import { GitStore } from '../git/GitStore';
import { PullRequests } from '../git/PullRequests';
import { Addresses } from './answers';
import { HttpError } from './HttpError';

/**
 * What the routes share: what a request's path is about.
 *
 * @internal
 */
export class GithubContext {
  readonly addresses: () => Addresses;
  readonly #store: GitStore;

  constructor(store: GitStore, addresses: () => Addresses) {
    this.#store = store;
    this.addresses = addresses;
  }

  /** @throws HttpError 404 */
  async repository(request: Request): Promise<BareRepository> {
    const { owner, repo } = request.params;
    const repository = await this.#store.repositories.find(owner, repo);
    if (!repository) {
      throw new HttpError(404, `Not Found: repository ${owner}/${repo}`);
    }
    return repository;
  }

  /** The commit of a branch, tag or hash. @throws HttpError 404 */
  async commit(repository: BareRepository, ref: string): Promise<string> {
    const sha = await repository.resolve(ref);
    if (!sha) {
      throw new HttpError(404, `Not Found: ${ref} in ${repository.fullName}`);
    }
    return sha;
  }

  pullRequests(repository: BareRepository): PullRequests {
    return this.#store.pullRequests(repository);
  }
}
