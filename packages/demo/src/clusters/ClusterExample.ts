import { readFile } from 'node:fs/promises';
import { load } from 'js-yaml';

/**
 * A Kubernetes object, as far as the demo looks into it.
 *
 * @public
 */
export interface ClusterObject {
  kind: string;
  metadata: { name: string; labels?: Record<string, string> };
}

/**
 * How a cluster of the demo differs from what the repositories declare.
 *
 * @public
 */
export interface ClusterExample {
  name: string;
  /** The environment whose files are applied. */
  environment: string;
  /** Names of Services that are not applied. */
  without: string[];
  /** Applied as well; of two with one kind and name these count. */
  objects: ClusterObject[];
}

/**
 * Reads the clusters of the demo: YAML, each by its name.
 *
 * @throws Error that names the file and what is wrong in it
 * @public
 */
export async function readClusterExamples(
  path: string,
): Promise<ClusterExample[]> {
  try {
    const clusters = load(await readFile(path, 'utf8')) as Record<
      string,
      Partial<ClusterExample>
    >;
    return Object.entries(clusters).map(
      ([name, { environment, without = [], objects = [] }]) => {
        if (!environment) {
          throw new Error(`${name} names no environment`);
        }
        return { name, environment, without, objects };
      },
    );
  } catch (error) {
    throw new Error(`${path}: ${(error as Error).message}`);
  }
}
