import type { BackstageCredentials } from '@backstage/backend-plugin-api';
import { stringifyEntityRef } from '@backstage/catalog-model';
import { InputError } from '@backstage/errors';
import type {
  FleetItem,
  FleetLine,
  FleetResponse,
  Mapping,
  MappingLine,
} from '@external-services/backstage-plugin-external-services-common';
import { isoTime } from '../join/sourceStatus';
import type { FoundLine, LineQuery, LineSearch } from '../lines/LineSearch';
import type { EntityAccess } from './EntityAccess';
import type { SealedTexts } from './SealedTexts';

/** Lines looked at together; a page that shows less asks for less. */
const BATCH = 100;
/** Entities asked about for one page; bounds what a caller costs who may read few. */
const MAX_ENTITIES = 500;

/**
 * Which rows of the fleet are wanted.
 *
 * @internal
 */
export interface FleetQuery
  extends Omit<LineQuery, 'after' | 'entityRefs' | 'limit'> {
  /** Most rows of a page; it has fewer when little of it may be read. */
  limit: number;
  /** Of the page before. Default: the first page. */
  cursor?: string;
}

/**
 * Reads lines across entities, worst first. What the caller may not read leaves no
 * trace, not even in a cursor.
 *
 * @internal
 */
export class FleetReader {
  readonly #options: FleetReaderOptions;

  static create(options: FleetReaderOptions) {
    return new FleetReader(options);
  }

  private constructor(options: FleetReaderOptions) {
    this.#options = options;
  }

  /**
   * A page may be short, or empty, and yet have a next one.
   *
   * @throws InputError when the cursor is not one of ours
   */
  async read(
    { limit, cursor, ...query }: FleetQuery,
    credentials: BackstageCredentials,
  ): Promise<FleetResponse> {
    const { access, cursors, search } = this.#options;
    const entityRefs = await access.fewReadable(credentials);
    const asked = new Map<string, boolean>();
    const found: FoundLine[] = [];
    let after = this.#open(cursor);
    let more = true;
    while (more && found.length <= limit && asked.size < MAX_ENTITIES) {
      const batch = await search.find({
        ...query,
        entityRefs,
        after,
        limit: Math.min(BATCH, limit + 1),
      });
      await this.#ask(batch, asked, credentials);
      found.push(...batch.filter(line => asked.get(line.entityRef)));
      after = batch[batch.length - 1]?.sortKey ?? after;
      more = batch.length === Math.min(BATCH, limit + 1);
    }
    const page = found.slice(0, limit);
    const last = found.length > limit ? page[limit - 1].sortKey : after;
    return {
      items: await this.#items(page, query.target),
      ...((found.length > limit || more) &&
        last !== undefined && { nextCursor: cursors.seal(last) }),
    };
  }

  async #ask(
    lines: FoundLine[],
    asked: Map<string, boolean>,
    credentials: BackstageCredentials,
  ): Promise<void> {
    const refs = [...new Set(lines.map(({ entityRef }) => entityRef))].filter(
      ref => !asked.has(ref),
    );
    const readable = new Set(
      (await this.#options.access.readable(refs, credentials)).map(entity =>
        stringifyEntityRef(entity),
      ),
    );
    refs.forEach(ref => asked.set(ref, readable.has(ref)));
  }

  async #items(
    found: FoundLine[],
    target: string | undefined,
  ): Promise<FleetItem[]> {
    const { search } = this.#options;
    const ids = found.map(({ id }) => id);
    const contents = await search.contents(ids);
    const ways = target ? await search.ways(ids, target) : undefined;
    return found.flatMap(({ id, entityRef, owner, changedAt }) => {
      const content = contents.get(id);
      // It may have gone meanwhile.
      if (!content) {
        return [];
      }
      const mapping: Omit<Mapping, 'lines'> = JSON.parse(content.mapping);
      const match = ways?.get(id);
      return {
        entityRef,
        ...(owner && { owner }),
        id: mapping.id,
        name: mapping.name,
        ...(mapping.namespace && { namespace: mapping.namespace }),
        fullName: mapping.fullName,
        line: fleetLine(JSON.parse(content.line)),
        changedAt: isoTime(changedAt),
        ...(match && { match }),
      };
    });
  }

  #open(cursor: string | undefined): string | undefined {
    if (cursor === undefined) {
      return undefined;
    }
    const after = this.#options.cursors.open(cursor);
    if (after === undefined) {
      throw new InputError(
        'cursor is not one of ours. Use nextCursor of the page before, or leave it out',
      );
    }
    return after;
  }
}

/**
 * What a {@link FleetReader} needs.
 *
 * @internal
 */
export interface FleetReaderOptions {
  access: EntityAccess;
  cursors: SealedTexts;
  search: LineSearch;
}

function fleetLine(line: MappingLine): FleetLine {
  const { environment, namespace, since } = line;
  return {
    ...(environment && { environment }),
    kind: line.kind,
    target: line.target,
    ports: line.ports,
    ...(namespace && { namespace }),
    state: line.state,
    reasons: line.reasons,
    ...(since && { since }),
    stale: line.stale,
    sync: line.sync,
    addresses: line.resolution.addresses.map(({ address }) => address),
  };
}
