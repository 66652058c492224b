import { randomBytes } from 'node:crypto';
import type { ClusterClient } from '../control-plane/ClusterClient';

/**
 * Makes a namespace for one test, so that tests may share a control plane.
 *
 * @returns its name.
 */
export async function createNamespace(cluster: ClusterClient): Promise<string> {
  const name = `test-${randomBytes(4).toString('hex')}`;
  const client = cluster.apiServerClient();
  try {
    const { status, body } = await client.send({
      method: 'POST',
      path: '/api/v1/namespaces',
      body: JSON.stringify({ metadata: { name } }),
      contentType: 'application/json',
    });
    if (status !== 201) throw new Error(body);
  } finally {
    client.close();
  }
  return name;
}
