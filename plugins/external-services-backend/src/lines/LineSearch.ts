import { isIP } from 'node:net';
import type {
  StateCode,
  TargetMatch,
} from '@external-services/backstage-plugin-external-services-common';
import type { Knex } from 'knex';
import { nameKey, rangeKeys } from './searchKeys';

const RANGE = /^(.+)\/(\d{1,3})$/;
/** Sorts behind everything that begins alike. */
const END = '\uffff';

/**
 * Which lines are wanted. Each part that is absent lets all through.
 *
 * @internal
 */
export interface LineQuery {
  /** The one search field: see {@link LineSearch.find}. */
  text?: string;
  /** A name, an address or a range that lines lead to. */
  target?: string;
  states?: StateCode[];
  /** Names; lines for all environments are among all. */
  environments?: string[];
  owners?: string[];
  entityRefs?: string[];
  /** Sort key of the last line of the page before. */
  after?: string;
  limit: number;
}

/**
 * A line that was found.
 *
 * @internal
 */
export interface FoundLine {
  id: string;
  entityRef: string;
  owner?: string;
  sortKey: string;
  /** Milliseconds. */
  changedAt: number;
}

/** As the driver returns it: PostgreSQL has big integers as text. */
interface FoundRow {
  id: string;
  entity_ref: string;
  owner: string | null;
  sort_key: string;
  changed_at: string | number;
}

/**
 * Finds lines across entities.
 *
 * @internal
 */
export class LineSearch {
  readonly #knex: Knex;

  static create(knex: Knex) {
    return new LineSearch(knex);
  }

  private constructor(knex: Knex) {
    this.#knex = knex;
  }

  /**
   * In the order of the fleet. The text is a host (`db.example.com`), hosts below a
   * domain (`*.example.com`), an address, a range (`203.0.113.0/24`), or a part of a
   * name in the cluster, of a target or of an entity.
   */
  async find(query: LineQuery): Promise<FoundLine[]> {
    const { states, environments, owners, entityRefs, after, limit } = query;
    const text = query.text?.trim().toLowerCase();
    const rows: FoundRow[] = await this.#knex('mapping_lines')
      .join(
        'observed_entities',
        'observed_entities.entity_ref',
        'mapping_lines.entity_ref',
      )
      .modify(lines => {
        if (after !== undefined) {
          lines.where('sort_key', '>', after);
        }
        if (states) {
          lines.whereIn('state', states);
        }
        if (environments) {
          lines.where(any =>
            any.whereIn('environment', environments).orWhereNull('environment'),
          );
        }
        if (owners) {
          lines.whereIn('owner', owners);
        }
        if (entityRefs) {
          lines.whereIn('mapping_lines.entity_ref', entityRefs);
        }
        if (query.target) {
          lines.whereIn('id', this.#leadingTo(query.target));
        }
        if (text) {
          lines.where(any =>
            any
              .whereIn('id', this.#leadingTo(text))
              .orWhereRaw(`search_text like ? escape '\\'`, [
                `%${text.replace(/[\\%_]/g, '\\$&')}%`,
              ]),
          );
        }
      })
      .orderBy('sort_key')
      .limit(limit)
      .select(
        'id',
        'mapping_lines.entity_ref',
        'owner',
        'sort_key',
        'changed_at',
      );
    return rows.map(row => ({
      id: row.id,
      entityRef: row.entity_ref,
      ...(row.owner && { owner: row.owner }),
      sortKey: row.sort_key,
      changedAt: Number(row.changed_at),
    }));
  }

  /** What lines say, by their id: the mapping without its lines, and the line, as JSON. */
  async contents(
    ids: string[],
  ): Promise<Map<string, { mapping: string; line: string }>> {
    const rows = await this.#knex('line_contents')
      .whereIn('line_id', ids)
      .select('line_id', 'mapping', 'line');
    return new Map(rows.map(row => [row.line_id, row]));
  }

  /** The surest way in which each line leads to a target, by the id of the line. */
  async ways(ids: string[], target: string): Promise<Map<string, TargetMatch>> {
    const rows: { line_id: string; way: TargetMatch }[] = await this.#leadingTo(
      target,
    )
      .whereIn('line_id', ids)
      .clearSelect()
      .select('line_id', 'way');
    const ways = new Map<string, TargetMatch>();
    for (const wanted of ['address', 'alias', 'name'] as const) {
      rows
        .filter(({ way }) => way === wanted)
        .forEach(row => ways.set(row.line_id, wanted));
    }
    return ways;
  }

  #leadingTo(target: string) {
    const text = target.trim().toLowerCase();
    const lines = this.#knex('line_targets').select('line_id');
    const [, address = text, prefix = '128'] = RANGE.exec(text) ?? [];
    if (isIP(address)) {
      const bits = isIP(address) === 6 ? 128 : 32;
      const [first, last] = rangeKeys(address, Math.min(Number(prefix), bits))!;
      return lines.whereBetween('search_key', [first, last]);
    }
    if (text.startsWith('*.')) {
      const domain = `${nameKey(text.slice(2))}.`;
      return lines.whereBetween('search_key', [domain, domain + END]);
    }
    return lines.where('search_key', nameKey(text));
  }
}
