const QUOTE = 0x22;
const BACKSLASH = 0x5c;
const OPEN = new Set([0x5b, 0x7b]);
const CLOSE = new Set([0x5d, 0x7d]);
const ITEMS_KEY = /[{,]\s*"items"\s*:\s*$/;

/**
 * Takes the items out of a list in JSON as its bytes arrive, so that nobody has
 * to hold, or parse at once, more than one of them. It looks for where they
 * begin and end and for nothing else; whoever parses the parts finds out whether
 * they are JSON.
 *
 * @internal
 */
export class ListSplitter {
  /** Items so far. */
  count = 0;
  /** Bytes as characters. */
  #rest = '';
  /** Bytes of an item whose end has not come. */
  #item: Buffer[] = [];
  #depth = 0;
  #inItems = false;
  #inString = false;
  #escaped = false;

  /** The items that end in these bytes, each as JSON. */
  push(chunk: Buffer): string[] {
    const items: string[] = [];
    let start = 0;
    for (let at = 0; at < chunk.length; at++) {
      const byte = chunk[at];
      if (this.#inString) {
        if (this.#escaped) {
          this.#escaped = false;
        } else if (byte === BACKSLASH) {
          this.#escaped = true;
        } else if (byte === QUOTE) {
          this.#inString = false;
        }
      } else if (byte === QUOTE) {
        this.#inString = true;
      } else if (OPEN.has(byte)) {
        if (this.#depth === 1) {
          this.#rest += chunk.toString('latin1', start, at);
          start = at;
          this.#inItems = ITEMS_KEY.test(this.#rest);
        } else if (this.#inItems && this.#depth === 2) {
          this.#rest += `${chunk.toString('latin1', start, at)}0`;
          start = at;
        }
        this.#depth += 1;
      } else if (CLOSE.has(byte)) {
        this.#depth -= 1;
        if (this.#inItems && this.#depth === 2) {
          items.push(this.#end(chunk.subarray(start, at + 1)));
          start = at + 1;
        }
      }
    }
    if (this.#inItems && this.#depth > 2) {
      this.#item.push(chunk.subarray(start));
    } else {
      this.#rest += chunk.toString('latin1', start);
    }
    return items;
  }

  /** The list as JSON, with a zero in the place of each item. */
  get rest(): string {
    return Buffer.from(this.#rest, 'latin1').toString('utf8');
  }

  #end(last: Buffer): string {
    const item = Buffer.concat([...this.#item, last]).toString('utf8');
    this.#item = [];
    this.count += 1;
    return item;
  }
}
