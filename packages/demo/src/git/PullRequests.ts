import { readFile, rename, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { BareRepository, GitPerson } from './BareRepository';
import { mergeCommits } from './mergeBranch';

/**
 * One pull request.
 *
 * @public
 */
export interface PullRequest {
  number: number;
  title: string;
  body: string;
  /** Branch with the changes. */
  head: string;
  /** Branch that shall get them. */
  base: string;
  draft: boolean;
  author: string;
  labels: string[];
  state: 'open' | 'merged' | 'closed';
  /** ISO 8601. */
  createdAt: string;
  /** ISO 8601. */
  mergedAt?: string;
  mergeSha?: string;
  /** The two commits that were merged; until then the branches say. */
  mergedCommits?: { base: string; head: string };
}

const MERGER: GitPerson = { name: 'Colleague', email: 'colleague@example.com' };

/**
 * The pull requests of one repository, kept in a file beside its objects.
 *
 * @public
 */
export class PullRequests {
  readonly #repository: BareRepository;
  readonly #file: string;
  readonly #now: () => Date;
  #queue: Promise<unknown> = Promise.resolve();

  constructor(repository: BareRepository, now: () => Date = () => new Date()) {
    this.#repository = repository;
    this.#file = join(repository.folder, 'demo-pull-requests.json');
    this.#now = now;
  }

  /** Newest first. */
  async list(): Promise<PullRequest[]> {
    try {
      return JSON.parse(await readFile(this.#file, 'utf8'));
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code === 'ENOENT') {
        return [];
      }
      throw error;
    }
  }

  async find(number: number): Promise<PullRequest | undefined> {
    return (await this.list()).find(pull => pull.number === number);
  }

  /**
   * Opens a pull request.
   *
   * @throws Error when a branch is missing, nothing differs, or one is open already.
   */
  async open(
    input: Pick<PullRequest, 'title' | 'body' | 'head' | 'base' | 'author'> & {
      draft?: boolean;
    },
  ): Promise<PullRequest> {
    const { head, base } = input;
    const headSha = await this.#repository.resolve(`refs/heads/${head}`);
    const baseSha = await this.#repository.resolve(`refs/heads/${base}`);
    if (!headSha || !baseSha) {
      throw new Error(`There is no branch ${headSha ? base : head}`);
    }
    return this.#change(async pulls => {
      const same = (pull: PullRequest) =>
        pull.state === 'open' && pull.head === head && pull.base === base;
      if (pulls.some(same)) {
        throw new Error(`A pull request already exists for ${head}`);
      }
      const pull: PullRequest = {
        number: pulls.length + 1,
        ...input,
        draft: input.draft ?? false,
        labels: [],
        state: 'open',
        createdAt: this.#now().toISOString(),
      };
      pulls.unshift(pull);
      return pull;
    });
  }

  /** Changes title, text, draft, labels or state. */
  async update(
    number: number,
    change: Partial<
      Pick<PullRequest, 'title' | 'body' | 'draft' | 'labels' | 'state'>
    >,
  ): Promise<PullRequest> {
    return this.#change(async pulls => {
      const pull = found(pulls, number);
      return Object.assign(pull, change);
    });
  }

  /** The two commits to compare: where the branches parted, and the head. */
  async compared(
    pull: PullRequest,
  ): Promise<{ from: string; to: string } | undefined> {
    const base =
      pull.mergedCommits?.base ??
      (await this.#repository.resolve(`refs/heads/${pull.base}`));
    const head =
      pull.mergedCommits?.head ??
      (await this.#repository.resolve(`refs/heads/${pull.head}`));
    if (!base || !head) {
      return undefined;
    }
    const from = (await this.#repository.mergeBase(base, head)) ?? base;
    return { from, to: head };
  }

  /** The files that stand in the way of a merge; none when it can be merged. */
  async conflicts(pull: PullRequest): Promise<string[]> {
    if (pull.state !== 'open') {
      return [];
    }
    const result = await this.#tryMerge(pull);
    return 'conflicts' in result ? result.conflicts : [];
  }

  /**
   * Merges a pull request with a merge commit, as the button does. A second
   * merge changes nothing.
   *
   * @throws Error when it is closed or conflicts with its base.
   */
  async merge(number: number): Promise<PullRequest> {
    return this.#change(async pulls => {
      const pull = found(pulls, number);
      if (pull.state === 'merged') {
        return pull;
      }
      if (pull.state === 'closed') {
        throw new Error(`Pull request #${number} is closed`);
      }
      const result = await this.#tryMerge(pull);
      if ('conflicts' in result) {
        throw new Error(
          `Pull request #${number} conflicts with ${
            pull.base
          } in ${result.conflicts.join(', ')}`,
        );
      }
      const { sha, base, head } = result;
      await this.#repository.keep(`refs/pull/${number}/head`, head);
      await this.#repository.setBranch(pull.base, sha, base);
      return Object.assign(pull, {
        state: 'merged',
        mergedAt: this.#now().toISOString(),
        mergeSha: sha,
        mergedCommits: { base, head },
      } satisfies Partial<PullRequest>);
    });
  }

  async #tryMerge(pull: PullRequest) {
    const base = await this.#repository.resolve(`refs/heads/${pull.base}`);
    const head = await this.#repository.resolve(`refs/heads/${pull.head}`);
    if (!base || !head) {
      throw new Error(`The branch ${base ? pull.head : pull.base} is gone`);
    }
    const message = `Merge pull request #${pull.number} from ${
      this.#repository.owner
    }/${pull.head}\n\n${pull.title}`;
    const options = { base, head, message, author: MERGER };
    return { base, head, ...(await mergeCommits(this.#repository, options)) };
  }

  /** One change at a time: two would overwrite each other's file. */
  async #change<T>(change: (pulls: PullRequest[]) => Promise<T>): Promise<T> {
    const run = this.#queue.then(async () => {
      const pulls = await this.list();
      const result = await change(pulls);
      const temporary = `${this.#file}.new`;
      await writeFile(temporary, JSON.stringify(pulls, undefined, 2));
      await rename(temporary, this.#file);
      return result;
    });
    this.#queue = run.catch(() => {});
    return run;
  }
}

function found(pulls: PullRequest[], number: number): PullRequest {
  const pull = pulls.find(candidate => candidate.number === number);
  if (!pull) {
    throw new Error(`There is no pull request #${number}`);
  }
  return pull;
}
