import { randomBytes } from 'node:crypto';
import type { ClusterClient } from '../control-plane/ClusterClient';

/**
 * Makes a namespace for one test, so that tests may share a control plane.
 *
 * @returns its name.
 */
export async function createNamespace(cluster: ClusterClient): Promise<string> {
  const name = `test-${randomBytes(4).toString('hex')}`;
  await cluster.kubectl(['create', 'namespace', name]);
  return name;
}
