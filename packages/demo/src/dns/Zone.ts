/**
 * What the DNS server knows about one name.
 *
 * @public
 */
export interface ZoneRecord {
  /** IPv4 addresses. Default: none. */
  a?: string[];
  /** IPv6 addresses. Default: none. */
  aaaa?: string[];
  /** Another name that this one stands for; then it has nothing else. */
  cname?: string;
  /** Seconds. Default: 60. */
  ttl?: number;
  /**
   * How the name's server misbehaves: `silence` never answers, `servfail` and
   * `refused` are error answers. Default: it does not.
   */
  fails?: 'silence' | 'servfail' | 'refused';
}

/**
 * Records by name. A name that is not in it does not exist.
 *
 * @public
 */
export type Zone = Record<string, ZoneRecord>;

const FIELDS = ['a', 'aaaa', 'cname', 'ttl', 'fails'];

/**
 * Checks what was read from a zone file.
 *
 * @throws Error that names the record and what is wrong with it
 * @public
 */
export function asZone(value: unknown): Zone {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) {
    throw new Error('A zone file maps names to records');
  }
  for (const [name, record] of Object.entries(value)) {
    if (typeof record !== 'object' || record === null) {
      throw new Error(
        `${name}: write its records as a map, such as { a: [203.0.113.1] }`,
      );
    }
    const unknown = Object.keys(record).find(key => !FIELDS.includes(key));
    if (unknown) {
      throw new Error(`${name}: ${unknown} is not one of ${FIELDS.join(', ')}`);
    }
  }
  return value as Zone;
}
