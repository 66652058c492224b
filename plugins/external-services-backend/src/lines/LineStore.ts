import type {
  Mapping,
  MappingLine,
} from '@external-services/backstage-plugin-external-services-common';
import type { Knex } from 'knex';
import { contentHash } from '../contentTag';
import { batches } from '../database/batches';
import { letOthersRun } from '../database/letOthersRun';
import type { JoinedMappings } from '../join/joinMappings';
import { LineChange, lineChange } from './LineChange';
import type { LineFacts } from './LineFacts';
import type { LineHistory } from './LineHistory';
import { LineRow, lineRows } from './lineRows';

/** Ten columns a row. */
const ROWS_A_STATEMENT = 50;

/**
 * What is stored of an entity, besides its lines.
 *
 * @internal
 */
export type AnswerContent = Pick<JoinedMappings, 'sources' | 'findings'>;

/**
 * What is stored of an entity, or of a page of it. Ages are those of the last join.
 *
 * @internal
 */
export interface StoredAnswer extends AnswerContent {
  items: Mapping[];
  /** Mappings on all pages. */
  total: number;
}

/** A line that is stored by now. */
interface KnownLine {
  id: string;
  hash: string;
  position: number;
  line_position: number;
  facts: string | null;
}

/**
 * Keeps what joining came to: a row for each line, written only when its contents
 * have changed.
 *
 * @internal
 */
export class LineStore {
  readonly #knex: Knex;
  readonly #history: LineHistory;

  static create(knex: Knex, history: LineHistory) {
    return new LineStore(knex, history);
  }

  private constructor(knex: Knex, history: LineHistory) {
    this.#knex = knex;
    this.#history = history;
  }

  /** A page of an entity's mappings. Undefined when it was never joined. */
  async read(
    entityRef: string,
    page: { from: number; limit: number },
  ): Promise<StoredAnswer | undefined> {
    const answer = await this.#knex('entity_answers')
      .where('entity_ref', entityRef)
      .first('total', 'content');
    if (!answer) {
      return undefined;
    }
    const rows: { position: number; mapping: string; line: string }[] =
      await this.#knex('mapping_lines')
        .join('line_contents', 'line_contents.line_id', 'mapping_lines.id')
        .where('entity_ref', entityRef)
        .where('position', '>=', page.from)
        .where('position', '<', page.from + page.limit)
        .orderBy(['position', 'line_position'])
        .select('position', 'mapping', 'line');
    const items = new Map<number, Mapping>();
    for (const { position, mapping, line } of rows) {
      const item: Mapping = items.get(position) ?? {
        ...JSON.parse(mapping),
        lines: [],
      };
      items.set(position, item);
      item.lines.push(JSON.parse(line) as MappingLine);
    }
    const content: AnswerContent = JSON.parse(answer.content);
    return { ...content, total: answer.total, items: [...items.values()] };
  }

  /**
   * Makes what is stored of an entity that which was joined.
   *
   * @returns what became of its lines; undefined when nothing at all has changed
   */
  async write(
    transaction: Knex.Transaction,
    entityRef: string,
    joined: JoinedMappings,
    about: { joinedWith: string; now: number },
  ): Promise<LineChange[] | undefined> {
    const rows = lineRows(entityRef, joined.items);
    const known = new Map<string, KnownLine>(
      (
        await transaction('mapping_lines')
          .join('line_contents', 'line_contents.line_id', 'mapping_lines.id')
          .where('entity_ref', entityRef)
          .select('id', 'hash', 'position', 'line_position', 'facts')
      ).map((row: KnownLine) => [row.id, row]),
    );
    const written = rows.filter(row => !isSame(row, known.get(row.id)));
    const kept = new Set(rows.map(({ id }) => id));
    const gone = [...known.keys()].filter(id => !kept.has(id));
    const answer = await this.#writeAnswer(
      transaction,
      entityRef,
      joined,
      about,
    );
    if (written.length === 0 && gone.length === 0) {
      return answer.changed ? [] : undefined;
    }
    const before = (id: string): LineFacts | undefined =>
      JSON.parse(known.get(id)?.facts ?? 'null') ?? undefined;
    // What there is when a repository is first read has not changed.
    const changes = (
      answer.isFirst
        ? []
        : [...written, ...gone.map(id => ({ id, facts: undefined }))]
    )
      .map(({ id, facts }) => lineChange(id, before(id), facts))
      .flatMap(change => change ?? []);
    await remove(transaction, gone);
    await insert(
      transaction,
      entityRef,
      written.map(row => ({
        ...row,
        // What was known stays until it is known anew, so that a change is told once.
        facts:
          row.facts.state === 'checking' && !answer.isFirst
            ? before(row.id)
            : row.facts,
      })),
      about.now,
    );
    await touch(transaction, changes, about.now);
    await this.#history.append(transaction, entityRef, changes, about.now);
    return changes;
  }

  async #writeAnswer(
    transaction: Knex.Transaction,
    entityRef: string,
    { items, sources, findings }: JoinedMappings,
    { joinedWith }: { joinedWith: string },
  ): Promise<{ isFirst: boolean; changed: boolean }> {
    const content = JSON.stringify({ sources, findings });
    const hash = contentHash(content);
    const known = await transaction('entity_answers')
      .where('entity_ref', entityRef)
      .first('hash', 'joined_with', 'content');
    const changed = known?.hash !== hash;
    if (changed || known.joined_with !== joinedWith) {
      await transaction('entity_answers')
        .insert({
          entity_ref: entityRef,
          joined_with: joinedWith,
          hash,
          total: items.length,
          content,
        })
        .onConflict('entity_ref')
        .merge();
    }
    return { isFirst: !known || isUnread(JSON.parse(known.content)), changed };
  }
}

function isUnread({ sources }: AnswerContent): boolean {
  return sources.some(
    ({ kind, status }) => kind === 'repository' && status === 'pending',
  );
}

function isSame(row: LineRow, known: KnownLine | undefined): boolean {
  return (
    known?.hash === row.hash &&
    known.position === row.position &&
    known.line_position === row.linePosition
  );
}

async function remove(transaction: Knex.Transaction, ids: string[]) {
  for (const batch of batches(ids)) {
    await transaction('mapping_lines').whereIn('id', batch).delete();
  }
}

async function insert(
  transaction: Knex.Transaction,
  entityRef: string,
  rows: (Omit<LineRow, 'facts'> & { facts?: LineFacts })[],
  now: number,
) {
  for (const batch of batches(rows, ROWS_A_STATEMENT)) {
    await transaction('mapping_lines')
      .insert(
        batch.map(row => ({
          id: row.id,
          entity_ref: entityRef,
          position: row.position,
          line_position: row.linePosition,
          hash: row.hash,
          sort_key: row.sortKey,
          state: row.state,
          environment: row.environment ?? null,
          search_text: row.searchText,
          changed_at: now,
        })),
      )
      .onConflict('id')
      .merge([
        'position',
        'line_position',
        'hash',
        'sort_key',
        'state',
        'environment',
        'search_text',
      ]);
    await transaction('line_contents')
      .insert(
        batch.map(({ id, mapping, line, facts }) => ({
          line_id: id,
          mapping,
          line,
          facts: facts ? JSON.stringify(facts) : null,
        })),
      )
      .onConflict('line_id')
      .merge();
    await letOthersRun();
    await transaction('line_targets')
      .whereIn(
        'line_id',
        batch.map(({ id }) => id),
      )
      .delete();
  }
  const targets = rows.flatMap(({ id, targets: keys }) =>
    keys.map(({ way, key }) => ({ line_id: id, way, search_key: key })),
  );
  for (const batch of batches(targets)) {
    await transaction('line_targets').insert(batch);
    await letOthersRun();
  }
}

async function touch(
  transaction: Knex.Transaction,
  changes: LineChange[],
  now: number,
) {
  const ids = changes.map(({ lineId }) => lineId);
  for (const batch of batches(ids)) {
    await transaction('mapping_lines')
      .whereIn('id', batch)
      .update({ changed_at: now });
  }
}
