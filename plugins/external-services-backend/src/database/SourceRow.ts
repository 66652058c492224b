/**
 * The kinds of work there are. `catalog` is the scan of entities, `repository`
 * one repository at one ref, `dns` one name from one viewpoint, `kubernetes-plugin`
 * the clusters that it knows, `cluster` one cluster, held as long as the replica lives;
 * `entity` joins what is known of one entity, `freshness` notices what got too old.
 *
 * @internal
 */
export type SourceKind =
  | 'catalog'
  | 'repository'
  | 'dns'
  | 'kubernetes-plugin'
  | 'cluster'
  | 'entity'
  | 'freshness';

/**
 * A row of `sources`. Times are milliseconds of the database's clock.
 *
 * @internal
 */
export interface SourceRow<TStatus = unknown> {
  id: string;
  kind: SourceKind;
  key: string;
  holder?: string;
  leaseUntil?: number;
  /** Counts the claims; whoever writes with an old one has lost its lease. */
  generation: number;
  /** Where the next reading goes on. */
  cursor?: string;
  /** 0 for one that nobody has read yet, or that is being read. */
  nextDue: number;
  /** Failed attempts in a row. */
  failures: number;
  /** When the last attempt began. */
  checkedAt?: number;
  /** When the last successful one began. */
  seenAt?: number;
  /** When what is known is too old. Absent when that was noticed, and while nothing is known. */
  staleAt?: number;
  status?: TStatus;
}

/**
 * A row that a replica holds.
 *
 * @internal
 */
export interface Claim extends SourceRow {
  /** What is read under this claim is at least as new as this. */
  claimedAt: number;
}

/**
 * What tells one holding of a row from every other.
 *
 * @internal
 */
export type Hold = Pick<SourceRow, 'id' | 'key' | 'generation' | 'holder'>;

/**
 * `sources` as the driver returns it: PostgreSQL has big integers as text.
 *
 * @internal
 */
export interface DbSource {
  id: string;
  kind: string;
  key: string;
  holder: string | null;
  lease_until: string | number | null;
  generation: number;
  cursor: string | null;
  next_due: string | number;
  failures: number;
  checked_at: string | number | null;
  seen_at: string | number | null;
  stale_at: string | number | null;
  status: string | null;
}

/**
 * Reads a row as the driver returns it.
 *
 * @internal
 */
export function toSourceRow(row: DbSource): SourceRow {
  const time = (value: string | number | null) =>
    value === null ? undefined : Number(value);
  return {
    id: row.id,
    kind: row.kind as SourceKind,
    key: row.key,
    holder: row.holder ?? undefined,
    leaseUntil: time(row.lease_until),
    generation: row.generation,
    cursor: row.cursor ?? undefined,
    nextDue: Number(row.next_due),
    failures: row.failures,
    checkedAt: time(row.checked_at),
    seenAt: time(row.seen_at),
    staleAt: time(row.stale_at),
    status: row.status === null ? undefined : JSON.parse(row.status),
  };
}
