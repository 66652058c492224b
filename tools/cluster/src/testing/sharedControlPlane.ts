import { connect } from 'node:net';
import { text } from 'node:stream/consumers';
import { ClusterClient } from '../control-plane/ClusterClient';
import { SHARED_PORT_VARIABLE, SharedAnswer } from './sharedAnswer';

/**
 * The control plane that all tests of a run share, started when the first one asks.
 * Tests keep apart by namespace; those that stop or restart servers start one of their own.
 *
 * @throws Error when the package does not name `cluster/globalSetup` as Jest's `globalSetup`.
 */
export async function sharedControlPlane(): Promise<ClusterClient> {
  const port = process.env[SHARED_PORT_VARIABLE];
  if (!port) {
    throw new Error(
      'Set "globalSetup": "cluster/globalSetup" in the "jest" field of package.json',
    );
  }
  const answer: SharedAnswer = JSON.parse(
    await text(connect(Number(port), '127.0.0.1')),
  );
  if ('error' in answer) throw new Error(answer.error);
  return new ClusterClient(answer.info);
}
