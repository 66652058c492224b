import { createCipheriv, createDecipheriv, randomBytes } from 'node:crypto';
import type { Knex } from 'knex';

const ALGORITHM = 'aes-256-gcm';
const KEY_BYTES = 32;
const IV_BYTES = 12;
const TAG_BYTES = 16;
const NAME = 'sealed-texts';

/**
 * Texts that callers bring back and must not read: a cursor may name what its bearer
 * may not see. The key is the same for all replicas.
 *
 * @internal
 */
export class SealedTexts {
  readonly #key: Buffer;

  /** Loads the key, which is made when there is none. */
  static async load(knex: Knex): Promise<SealedTexts> {
    await knex('secrets')
      .insert({ name: NAME, value: randomBytes(KEY_BYTES).toString('base64') })
      .onConflict('name')
      .ignore();
    const { value } = await knex('secrets').where('name', NAME).first('value');
    return new SealedTexts(Buffer.from(value, 'base64'));
  }

  private constructor(key: Buffer) {
    this.#key = key;
  }

  seal(text: string): string {
    const iv = randomBytes(IV_BYTES);
    const cipher = createCipheriv(ALGORITHM, this.#key, iv);
    const sealed = Buffer.concat([cipher.update(text, 'utf8'), cipher.final()]);
    return Buffer.concat([iv, cipher.getAuthTag(), sealed]).toString(
      'base64url',
    );
  }

  /** Undefined for what was not sealed here. */
  open(sealed: string): string | undefined {
    const bytes = Buffer.from(sealed, 'base64url');
    if (bytes.length < IV_BYTES + TAG_BYTES) {
      return undefined;
    }
    try {
      const tag = bytes.subarray(IV_BYTES, IV_BYTES + TAG_BYTES);
      const decipher = createDecipheriv(
        ALGORITHM,
        this.#key,
        bytes.subarray(0, IV_BYTES),
      ).setAuthTag(tag);
      return Buffer.concat([
        decipher.update(bytes.subarray(IV_BYTES + TAG_BYTES)),
        decipher.final(),
      ]).toString('utf8');
    } catch {
      return undefined;
    }
  }
}
