import { createHash } from 'node:crypto';
import type { Finding } from '@external-services/backstage-plugin-external-services-common';
import type { Knex } from 'knex';
import type { StoredObject } from './StoredObject';
import { ContentCache } from '../../ContentCache';
import { batches } from '../../database/batches';
import { letOthersRun } from '../../database/letOthersRun';
import { declaredNames } from './declaredNames';
import { ObjectAges } from '../cluster/ObjectAges';
import { purgeTargets } from '../dns/purgeTargets';
import { SourceStore } from '../../database/SourceStore';

/** Of the files that were used last; an entity has some ten thousand. */
const CACHED_CHARACTERS = 4_000_000;

/**
 * What was read from one file. The same content in the same
 * place is the same object.
 *
 * @internal
 */
export interface ManifestFile {
  /** Relative to the repository's root. */
  path: string;
  objects: StoredObject[];
  /** Findings of reading it. */
  findings: Finding[];
  /** Keys of the DNS sources its aliases lead to. */
  targets: string[];
  /** Of all that entities want of the repository, what it matches. */
  patterns: string[];
}

/**
 * Names that were declared, and until when in milliseconds.
 *
 * @internal
 */
export type RemovedNames = Map<string, number>;

/** New names of one reading that are asked for at once. */
const NAMES_AT_ONCE = 50;
/** A server that is silent takes some seconds for each. */
const NAME_EVERY_MS = 200;

/** Longer than clusters are given to follow. */
const REMEMBERED_MS = 24 * 60 * 60_000;

/**
 * Keeps what was read from repositories.
 *
 * @internal
 */
export class ManifestStore {
  readonly #knex: Knex;
  readonly #sources: SourceStore;
  readonly #files = new ContentCache<ManifestFile>({
    maxCharacters: CACHED_CHARACTERS,
  });

  static create(knex: Knex, sources: SourceStore) {
    return new ManifestStore(knex, sources);
  }

  private constructor(knex: Knex, sources: SourceStore) {
    this.#knex = knex;
    this.#sources = sources;
  }

  /** Files of the given repositories, by the id of their source. */
  async get(sourceIds: string[]): Promise<Map<string, ManifestFile[]>> {
    const files = new Map<string, ManifestFile[]>();
    const rows = [];
    for (const batch of batches(sourceIds)) {
      rows.push(
        ...(await this.#knex('manifest_files')
          .whereIn('source_id', batch)
          .orderBy(['source_id', 'path'])),
      );
    }
    for (const row of rows) {
      const list = files.get(row.source_id) ?? [];
      files.set(row.source_id, list);
      const { source_id: sourceId, path, objects, findings, targets } = row;
      const { patterns } = row;
      const text = [sourceId, objects, findings, targets, patterns, path].join(
        '\n',
      );
      list.push(
        this.#files.get(text, () => ({
          path,
          objects: JSON.parse(objects),
          findings: JSON.parse(findings),
          targets: JSON.parse(targets),
          patterns: JSON.parse(patterns),
        })),
      );
    }
    return files;
  }

  /**
   * Makes the stored files of a repository those given; of `unread` paths, which
   * are still there, what was read last stays. Rows are written only when their
   * content changed; DNS targets that are new are due at once, and those that
   * nobody declares any more are removed.
   *
   * Objects that are new or changed are marked with `readAt`, in milliseconds of the same
   * clock as `now`;
   * without it, on the first reading, nobody knows since when they are so.
   *
   * @returns whether anything changed
   */
  async write(
    transaction: Knex.Transaction,
    sourceId: string,
    files: ManifestFile[],
    {
      unread,
      readAt,
      now,
    }: { unread: Set<string>; readAt?: number; now: number },
  ): Promise<boolean> {
    const stored = new Map<string, string>();
    for (const row of await transaction('manifest_files')
      .where('source_id', sourceId)
      .select('path', 'hash')) {
      stored.set(row.path, row.hash);
    }
    const hashed = files.map(file => ({ file, hash: hashOf(file) }));
    const changed = hashed.filter(
      ({ file, hash }) => stored.get(file.path) !== hash,
    );
    const paths = new Set(files.map(({ path }) => path));
    const gone = [...stored.keys()].filter(
      path => !paths.has(path) && !unread.has(path),
    );
    const declared = await this.#declared(transaction, sourceId);
    const before = new ObjectAges();
    for (const path of [...gone, ...changed.map(({ file }) => file.path)]) {
      const row = await transaction('manifest_files')
        .where({ source_id: sourceId, path })
        .first('objects');
      before.note(row ? JSON.parse(row.objects) : []);
      await transaction('manifest_files')
        .where({ source_id: sourceId, path })
        .delete();
    }
    const dueAt = turnsFrom(now);
    for (const { file, hash } of changed) {
      const objects = before.mark(file.objects, readAt);
      await this.#insert(
        transaction,
        sourceId,
        { ...file, objects },
        { hash, dueAt },
      );
      await letOthersRun();
    }
    if (changed.length + gone.length > 0) {
      await purgeTargets(transaction);
      await this.#noteRemoved(transaction, sourceId, declared, readAt);
    }
    return changed.length + gone.length > 0;
  }

  /**
   * Names that repositories declared until a reading found them gone, and when that
   * was in milliseconds, by the id of their source. What is long ago is forgotten.
   */
  async removed(sourceIds: string[]): Promise<Map<string, RemovedNames>> {
    const removed = new Map<string, RemovedNames>();
    for (const batch of batches(sourceIds)) {
      const rows = await this.#knex('removed_names').whereIn(
        'source_id',
        batch,
      );
      for (const { source_id: id, name, removed_at: at } of rows) {
        const names = removed.get(id) ?? new Map();
        removed.set(id, names.set(name, Number(at)));
      }
    }
    return removed;
  }

  async #declared(
    transaction: Knex.Transaction,
    sourceId: string,
  ): Promise<Set<string>> {
    const names: string[] = await transaction('declared_names')
      .where('source_id', sourceId)
      .pluck('name');
    return new Set(names);
  }

  async #noteRemoved(
    transaction: Knex.Transaction,
    sourceId: string,
    before: Set<string>,
    readAt: number | undefined,
  ): Promise<void> {
    const now = await this.#declared(transaction, sourceId);
    for (const names of batches([...now])) {
      await transaction('removed_names')
        .where('source_id', sourceId)
        .whereIn('name', names)
        .delete();
    }
    if (readAt === undefined) {
      return;
    }
    await transaction('removed_names')
      .where('source_id', sourceId)
      .where('removed_at', '<', readAt - REMEMBERED_MS)
      .delete();
    const gone = [...before]
      .filter(name => !now.has(name))
      .map(name => ({ source_id: sourceId, name, removed_at: readAt }));
    for (const batch of batches(gone)) {
      await transaction('removed_names')
        .insert(batch)
        .onConflict(['source_id', 'name'])
        .merge();
    }
  }

  async #insert(
    transaction: Knex.Transaction,
    sourceId: string,
    file: ManifestFile,
    { hash, dueAt }: { hash: string; dueAt(key: string): number },
  ): Promise<void> {
    await transaction('manifest_files').insert({
      source_id: sourceId,
      path: file.path,
      hash,
      objects: JSON.stringify(file.objects),
      findings: JSON.stringify(file.findings),
      targets: JSON.stringify(file.targets),
      patterns: JSON.stringify(file.patterns),
    });
    const names = declaredNames(file.objects).map(name => ({
      source_id: sourceId,
      path: file.path,
      name,
    }));
    for (const batch of batches(names)) {
      await transaction('declared_names').insert(batch);
    }
    await this.#sources.ensure('dns', file.targets, transaction, dueAt);
    const declared = [...new Set(file.targets)].map(key => ({
      source_id: sourceId,
      path: file.path,
      target_id: SourceStore.idOf('dns', key),
    }));
    for (const batch of batches(declared)) {
      await transaction('declared_targets').insert(batch);
    }
  }
}

/**
 * When names that are new have their turn: the first of a reading at once, and the rest
 * one after the other, so that names of other repositories fit between them.
 */
function turnsFrom(now: number): (key: string) => number {
  const turns = new Map<string, number>();
  return key => {
    const turn = turns.get(key) ?? turns.size;
    turns.set(key, turn);
    return turn < NAMES_AT_ONCE
      ? 0
      : Math.round(now + (turn - NAMES_AT_ONCE) * NAME_EVERY_MS);
  };
}

function hashOf(file: ManifestFile): string {
  return createHash('sha256').update(JSON.stringify(file)).digest('hex');
}
