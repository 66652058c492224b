import { createHash } from 'node:crypto';
import type { UrlReaderService } from '@backstage/backend-plugin-api';
import type { Knex } from 'knex';
import type { ExternalServicesConfig } from '../../config/ExternalServicesConfig';
import type { EntityInterest } from '../catalog/EntityInterest';
import type { InterestStore } from '../catalog/InterestStore';
import type { ManifestFile, ManifestStore } from './ManifestStore';
import { letOthersRun } from '../../database/letOthersRun';
import type { Claim, SourceRow } from '../../database/SourceRow';
import type { Outcome, SourceStore } from '../../database/SourceStore';
import { isStorable } from '../../database/storable';
import { backOff, spread } from '../../work/backOff';
import { markDue } from '../../work/markDue';
import type { SingleHandler } from '../../work/SourceHandler';
import { FetchedTree, fetchTree } from './fetchTree';
import { parseManifestFile } from './parseManifestFile';
import { PathPatterns } from './PathPatterns';
import { readingFailure } from './readingFailure';
import { repositoryStaleMs } from './repositoryStaleMs';
import type { RepositoryCursor, RepositoryStatus } from './RepositoryStatus';

/** Raise it when the same bytes would be read into something else. */
const READING_VERSION = 2;
const CONCURRENCY = 4;
const MAX_PATH_BYTES = 1_000;
/** Of one repository. */
const MAX_BRANCHES = 20;
/** That are looked up for one repository, in the order of its files. */
const MAX_NAMES = 1_000;
const SCHEDULE_JITTER = 0.1;

/**
 * Reads a repository at a ref: one fetch for all entities that want files of it.
 *
 * @internal
 */
export class RepositoryHandler implements SingleHandler {
  readonly kind = 'repository';
  readonly concurrency = CONCURRENCY;
  readonly #options: RepositoryHandlerOptions;

  static create(options: RepositoryHandlerOptions) {
    return new RepositoryHandler(options);
  }

  private constructor(options: RepositoryHandlerOptions) {
    this.#options = options;
  }

  async handle(claim: Claim, signal: AbortSignal): Promise<Outcome> {
    const { config, interests, urlReader } = this.#options;
    const wanting = await interests.ofSource(claim.id);
    if (await this.#isOneTooMany(claim, wanting)) {
      return this.#failedWith(claim, {
        failure: 'too-many-branches',
        error: `catalog files name more than ${MAX_BRANCHES} of its branches, and this one is not read`,
        permanent: true,
      });
    }
    const patterns = wanting
      .flatMap(interest => interest.patterns.map(({ path }) => path))
      .sort();
    const wanted = this.#wantedHash(patterns);
    const cursor: RepositoryCursor | undefined =
      claim.cursor && JSON.parse(claim.cursor);
    const paths = new PathPatterns(patterns);
    const matched = new Map<string, string[]>();
    let unkept = false;
    const timeout = AbortSignal.timeout(config.repositories.timeoutMs);
    try {
      const tree = await fetchTree({
        urlReader,
        root: claim.key,
        // A repository read for fewer files before must be read again in full.
        etag: cursor?.wanted === wanted ? cursor.etag : undefined,
        filter: path => {
          if (!isPath(path)) {
            unkept ||= paths.matching(path).length > 0;
            return false;
          }
          const found = paths.matching(path);
          matched.set(path, found.sort());
          return found.length > 0;
        },
        caps: config.repositories,
        signal: AbortSignal.any([signal, timeout]),
      });
      return await this.#read(claim, tree, {
        wanted,
        patternsOf: path => matched.get(path) ?? [],
        capped:
          (paths.exhausted && 'patterns') || (unkept && 'paths') || undefined,
      });
    } catch (error) {
      signal.throwIfAborted();
      return error instanceof Error && error.name === 'NotModifiedError'
        ? this.#unchanged(claim)
        : this.#failed(claim, error, timeout.aborted);
    }
  }

  /** Each branch is fetched for itself, and one catalog file could name a thousand. */
  async #isOneTooMany(
    claim: Claim,
    [first]: EntityInterest[],
  ): Promise<boolean> {
    const beginnings = ['http', 'https'].flatMap(scheme =>
      ['/', '?'].map(end => `${scheme}://${first?.title}${end}`),
    );
    const before = await this.#options.sources.countBefore(claim, beginnings);
    return before >= MAX_BRANCHES;
  }

  async #read(
    claim: Claim,
    tree: FetchedTree,
    { wanted, patternsOf, capped }: Looked,
  ): Promise<Outcome> {
    const { config, manifests } = this.#options;
    const files: ManifestFile[] = [];
    for (const { path, text } of tree.files) {
      files.push(parseManifestFile(path, text, config, patternsOf(path)));
      // Whoever else has something to do does not wait for all of them.
      await letOthersRun();
    }
    const tooMany = boundNames(files);
    const status: RepositoryStatus = {
      capped: capped ?? tree.capped ?? (tooMany ? 'names' : undefined),
    };
    const cursor: RepositoryCursor = { etag: tree.etag, wanted };
    return {
      succeeded: true,
      status,
      cursor: JSON.stringify(cursor),
      nextDueIn: this.#schedule(),
      staleIn: repositoryStaleMs(config),
      write: async transaction => {
        const changed = await manifests.write(transaction, claim.id, files, {
          unread: tree.unread,
          readAt: claim.seenAt === undefined ? undefined : claim.claimedAt,
          now: claim.claimedAt,
        });
        await this.#markDue(
          transaction,
          claim,
          changed || differs(claim, status),
        );
      },
    };
  }

  unwritable(claim: Claim): Outcome {
    return this.#failedWith(claim, {
      failure: 'failed',
      error:
        'what was read could not be stored; the log of the portal says why',
      permanent: false,
    });
  }

  #unchanged(claim: SourceRow): Outcome {
    const status: RepositoryStatus = {
      capped: (claim.status as RepositoryStatus | undefined)?.capped,
    };
    return {
      succeeded: true,
      status,
      cursor: claim.cursor,
      nextDueIn: this.#schedule(),
      staleIn: repositoryStaleMs(this.#options.config),
      write: transaction =>
        this.#markDue(transaction, claim, differs(claim, status)),
    };
  }

  #failed(claim: SourceRow, cause: unknown, timedOut: boolean): Outcome {
    return this.#failedWith(claim, readingFailure(cause, timedOut));
  }

  #failedWith(
    claim: SourceRow,
    { failure, error, permanent }: ReturnType<typeof readingFailure>,
  ): Outcome {
    const { scheduleMs } = this.#options.config.repositories;
    const status: RepositoryStatus = {
      failure,
      error,
      capped: (claim.status as RepositoryStatus | undefined)?.capped,
    };
    return {
      succeeded: false,
      status,
      // What was read before stays, and with it the etag.
      cursor: claim.cursor,
      nextDueIn: permanent
        ? this.#schedule()
        : backOff(claim.failures + 1, scheduleMs),
      write: async transaction => {
        if (differs(claim, status)) {
          await markDue.ofRepository(transaction, claim.id);
        }
      },
    };
  }

  async #markDue(
    transaction: Knex.Transaction,
    claim: SourceRow,
    changed: boolean,
  ): Promise<void> {
    // What was too old is new again, however little has changed.
    if (changed || claim.staleAt === undefined) {
      await markDue.ofRepository(transaction, claim.id);
    } else {
      await markDue.rollingOut(transaction, claim.id);
    }
  }

  #schedule(): number {
    return spread(
      this.#options.config.repositories.scheduleMs,
      SCHEDULE_JITTER,
    );
  }

  #wantedHash(patterns: string[]): string {
    const { clusterDomain, environments, resolution, resolvers, repositories } =
      this.#options.config;
    return createHash('sha256')
      .update(
        JSON.stringify([
          READING_VERSION,
          patterns,
          environments,
          resolvers,
          clusterDomain,
          resolution,
          repositories.maxFiles,
          repositories.maxBytes,
        ]),
      )
      .digest('hex');
  }
}

/** Takes the names that are too many from files, and tells whether there were some. */
function boundNames(files: ManifestFile[]): boolean {
  const all = new Set(files.flatMap(({ targets }) => targets));
  const kept = new Set([...all].slice(0, MAX_NAMES));
  for (const file of files) {
    file.targets = file.targets.filter(target => kept.has(target));
  }
  return all.size > kept.size;
}

/** A path that both databases keep, in an index as well. */
function isPath(path: string): boolean {
  return (
    isStorable(path, MAX_PATH_BYTES) &&
    Buffer.byteLength(path) <= MAX_PATH_BYTES
  );
}

/** What was looked for, and what it matched. */
interface Looked {
  /** Hash of what is wanted. */
  wanted: string;
  patternsOf(path: string): string[];
  /** Why some of it was not looked at. */
  capped?: 'patterns' | 'paths';
}

/**
 * What a {@link RepositoryHandler} needs.
 *
 * @internal
 */
export interface RepositoryHandlerOptions {
  config: ExternalServicesConfig;
  urlReader: UrlReaderService;
  interests: InterestStore;
  manifests: ManifestStore;
  sources: SourceStore;
}

function differs(claim: SourceRow, status: RepositoryStatus): boolean {
  return JSON.stringify(claim.status) !== JSON.stringify(status);
}
