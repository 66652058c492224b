import {
  isPathGlob,
  type MatchingBudget,
  pathGlob,
} from '@external-services/backstage-plugin-external-services-common';

const MANIFEST_FILE = /\.(?:ya?ml|json)$/i;
/** Comparisons that may come at once: some ten milliseconds. */
const BUDGET = 1_000_000;
/** Added for each path: enough for some patterns as people write them. */
const BUDGET_A_PATH = 500;

/** A pattern, below the folder that it names without doubt. */
interface Pattern {
  pattern: string;
  matches(path: string): boolean;
}

/**
 * Matches the paths of a repository against all that entities want of it. A file
 * matches itself, a folder all manifests in it, a glob the manifests it describes.
 *
 * A repository may have ten thousands of paths, and a thousand entities with patterns
 * of their own: a path is held against those only that begin in one of its folders.
 *
 * @internal
 */
export class PathPatterns {
  readonly #byFolder = new Map<string, Pattern[]>();
  readonly #budget: MatchingBudget = { left: BUDGET };

  constructor(patterns: string[]) {
    for (const pattern of new Set(patterns)) {
      const folder = literalFolderOf(pattern);
      const list = this.#byFolder.get(folder) ?? [];
      this.#byFolder.set(folder, list);
      list.push(this.#compile(pattern));
    }
  }

  /** True when the patterns took too much work, so that some matches are missing. */
  get exhausted(): boolean {
    return this.#budget.left < 0;
  }

  /** The patterns that a path matches, in no order. */
  matching(path: string): string[] {
    if (!this.exhausted) {
      this.#budget.left = Math.min(BUDGET, this.#budget.left + BUDGET_A_PATH);
    }
    return foldersOf(path).flatMap(folder =>
      (this.#byFolder.get(folder) ?? [])
        .filter(({ matches }) => matches(path))
        .map(({ pattern }) => pattern),
    );
  }

  #compile(pattern: string): Pattern {
    if (!isPathGlob(pattern)) {
      return {
        pattern,
        matches: path => path === pattern || MANIFEST_FILE.test(path),
      };
    }
    const matches = pathGlob(pattern, this.#budget);
    return {
      pattern,
      matches: path => MANIFEST_FILE.test(path) && matches(path),
    };
  }
}

/** Of a glob the folders before the first that is none; of anything else itself. */
function literalFolderOf(pattern: string): string {
  if (!isPathGlob(pattern)) {
    return pattern;
  }
  const parts = pattern.split('/');
  return parts.slice(0, parts.findIndex(isPathGlob)).join('/');
}

/** The path itself, and all folders that it is in; the root is the empty text. */
function foldersOf(path: string): string[] {
  const folders = [path];
  for (
    let at = path.lastIndexOf('/');
    at > 0;
    at = path.lastIndexOf('/', at - 1)
  ) {
    folders.push(path.slice(0, at));
  }
  return [...folders, ''];
}
