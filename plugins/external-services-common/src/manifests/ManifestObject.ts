/**
 * A place in a file. Lines and columns start at 1.
 *
 * @public
 */
export interface Position {
  line: number;
  column: number;
}

/**
 * One object read from a file (or from a cluster), unchecked.
 *
 * @public
 */
export interface ManifestObject {
  /** The object as the API server would decode it; checked once, so a changed one has to be another. */
  manifest: Record<string, unknown>;
  /** File it was read from, relative to the repository root. Default: none. */
  path?: string;
  /** Position of the first line of the object in its file; 1 when not read from a file. */
  line: number;
  /**
   * Where a field stands, by the API server's field path (`spec.ports[1].name`);
   * the nearest existing parent when the field itself is missing.
   */
  positionOf(fieldPath: string): Position;
}
