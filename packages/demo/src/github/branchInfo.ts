import { GitStore } from '../git/GitStore';
import { Addresses, pullRequestAnswer } from './answers';
import { HttpError } from './HttpError';

/**
 * Answers the one GraphQL query that `publish:github:pull-request` sends:
 * whether a branch is there, and the open pull request for it.
 *
 * @throws HttpError 422 for any other query
 * @internal
 */
export async function branchInfo(
  store: GitStore,
  addresses: Addresses,
  body: { query?: string; variables?: Record<string, string> },
) {
  if (!body.query?.includes('associatedPullRequests') || !body.variables) {
    throw new HttpError(
      422,
      'This demo host answers only the query for the pull requests of a branch',
    );
  }
  const { owner, repo, head } = body.variables;
  const repository = await store.repositories.find(owner, repo);
  if (!repository) {
    return {
      data: { repository: null },
      errors: [
        { type: 'NOT_FOUND', message: `No repository ${owner}/${repo}` },
      ],
    };
  }
  if (!(await repository.resolve(`refs/heads/${head}`))) {
    return { data: { repository: { ref: null } } };
  }
  const pulls = await store.pullRequests(repository).list();
  const edges = pulls
    .filter(pull => pull.state === 'open' && pull.head === head)
    .slice(0, 1)
    .map(pull => {
      const answer = pullRequestAnswer(repository, pull, addresses);
      return {
        node: {
          id: answer.node_id,
          number: answer.number,
          url: answer.html_url,
        },
      };
    });
  return {
    data: { repository: { ref: { associatedPullRequests: { edges } } } },
  };
}
