import type { BackstageCredentials } from '@backstage/backend-plugin-api';
import {
  Entity,
  RELATION_OWNED_BY,
  stringifyEntityRef,
} from '@backstage/catalog-model';
import { InputError } from '@backstage/errors';
import type {
  FleetItem,
  FleetResponse,
} from '@external-services/backstage-plugin-external-services-common';
import { observedEntity } from '../sources/catalog/ObservedEntity';
import type { InterestStore } from '../sources/catalog/InterestStore';
import type { EntityAccess } from './EntityAccess';
import { joinMappings } from '../join/joinMappings';
import type { JoinContext } from '../join/mappingLines';
import type { Observations } from './Observations';

/** Entities looked at together; bounds what one page holds in memory. */
const BATCH = 100;
/** Batches joined for one page; bounds what a filter that matches little costs. */
const MAX_BATCHES = 5;

/**
 * Which rows of the fleet are wanted.
 *
 * @internal
 */
export interface FleetQuery {
  /** Most rows of a page; it has fewer when little matches. */
  limit: number;
  /** Of the page before. Default: the first page. */
  cursor?: string;
  /** Default: all. */
  matches?(item: FleetItem): boolean;
}

/**
 * Reads mappings across entities, in the order of their references. What the
 * caller may not read leaves no trace, not even in the size of a page.
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
    { limit, cursor, matches = () => true }: FleetQuery,
    context: JoinContext,
    credentials: BackstageCredentials,
  ): Promise<FleetResponse> {
    const { interests } = this.#options;
    const items: FleetItem[] = [];
    let { entityRef: after, skip } = decodeCursor(cursor);
    // The entity that the last page ended in is read again, for its rest.
    let inclusive = cursor !== undefined;
    let joined = 0;
    for (;;) {
      const entityRefs = await interests.declaring(after, BATCH, inclusive);
      const batch = await this.#batch(entityRefs, context, credentials);
      for (const { entityRef, rows } of batch) {
        // Only what the caller may read counts, and is named in the cursor.
        if (joined === MAX_BATCHES * BATCH) {
          return { items, nextCursor: encodeCursor(entityRef, 0) };
        }
        joined += 1;
        const begin = entityRef === after && inclusive ? skip : 0;
        for (const [index, row] of rows.entries()) {
          if (index >= begin && matches(row)) {
            if (items.length === limit) {
              return { items, nextCursor: encodeCursor(entityRef, index) };
            }
            items.push(row);
          }
        }
      }
      if (entityRefs.length < BATCH) {
        return { items };
      }
      after = entityRefs[entityRefs.length - 1];
      skip = 0;
      inclusive = false;
    }
  }

  async #batch(
    entityRefs: string[],
    context: JoinContext,
    credentials: BackstageCredentials,
  ): Promise<{ entityRef: string; rows: FleetItem[] }[]> {
    const { access, observations } = this.#options;
    const entities = await access.readable(entityRefs, credentials);
    const owners = new Map(
      entities.map(entity => [stringifyEntityRef(entity), ownerOf(entity)]),
    );
    const observed = await observations.of(entities.map(observedEntity));
    return observed.map(stored => ({
      entityRef: stored.entity.entityRef,
      rows: joinMappings(stored, context).items.map(mapping => {
        const owner = owners.get(stored.entity.entityRef);
        return {
          entityRef: stored.entity.entityRef,
          ...(owner && { owner }),
          mapping,
        };
      }),
    }));
  }
}

/**
 * What a {@link FleetReader} needs.
 *
 * @internal
 */
export interface FleetReaderOptions {
  access: EntityAccess;
  interests: InterestStore;
  observations: Observations;
}

function ownerOf({ relations = [] }: Entity): string | undefined {
  return relations.find(({ type }) => type === RELATION_OWNED_BY)?.targetRef;
}

function encodeCursor(entityRef: string, skip: number): string {
  return Buffer.from(JSON.stringify([entityRef, skip])).toString('base64url');
}

function decodeCursor(cursor: string | undefined): {
  entityRef: string;
  skip: number;
} {
  if (cursor === undefined) {
    return { entityRef: '', skip: 0 };
  }
  try {
    const [entityRef, skip] = JSON.parse(
      Buffer.from(cursor, 'base64url').toString(),
    );
    if (typeof entityRef === 'string' && Number.isInteger(skip) && skip >= 0) {
      return { entityRef, skip };
    }
  } catch {
    // Told below, like every other text that is no cursor.
  }
  throw new InputError(
    'cursor is not one of ours. Use nextCursor of the page before, or leave it out',
  );
}
