/**
 * Gives the same frozen value for the same text as long as it is in use, so that
 * what is derived from it can be remembered with it. Holds nothing but what a
 * text means: whoever asks has the text already.
 *
 * @internal
 */
export class ContentCache<T> {
  readonly #maxCharacters: number;
  /** The one that was not used for longest comes first. */
  readonly #values = new Map<string, T>();
  #characters = 0;

  /** @param options - `maxCharacters`: of all texts together */
  constructor(options: { maxCharacters: number }) {
    this.#maxCharacters = options.maxCharacters;
  }

  /** @param read - reads the text, and depends on nothing else */
  get(text: string, read: () => T): T {
    const known = this.#values.has(text);
    const value = known ? this.#values.get(text)! : freeze(read());
    this.#values.delete(text);
    this.#values.set(text, value);
    if (!known) {
      this.#characters += text.length;
      this.#shrink();
    }
    return value;
  }

  #shrink() {
    for (const text of this.#values.keys()) {
      if (this.#characters <= this.#maxCharacters) {
        return;
      }
      this.#values.delete(text);
      this.#characters -= text.length;
    }
  }
}

/** Many see it at once. */
function freeze<T>(value: T): T {
  if (typeof value === 'object' && value !== null) {
    Object.freeze(value);
    Object.values(value).forEach(freeze);
  }
  return value;
}
