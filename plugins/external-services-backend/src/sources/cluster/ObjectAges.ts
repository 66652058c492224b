import type { StoredObject } from '../repository/StoredObject';

/**
 * Remembers since when objects are as they are, wherever in a repository they
 * stand: moving one to another file or line changes nothing.
 *
 * @internal
 */
export class ObjectAges {
  readonly #changedAt = new Map<string, number | undefined>();

  /** Takes note of objects as they were stored. */
  note(objects: StoredObject[]) {
    for (const { manifest, changedAt } of objects) {
      this.#changedAt.set(JSON.stringify(manifest), changedAt);
    }
  }

  /** Objects that were noted keep their time, the others get the given one. */
  mark(objects: StoredObject[], now: number | undefined): StoredObject[] {
    return objects.map(object => {
      const key = JSON.stringify(object.manifest);
      const changedAt = this.#changedAt.has(key)
        ? this.#changedAt.get(key)
        : now;
      return { ...object, ...(changedAt !== undefined && { changedAt }) };
    });
  }
}
