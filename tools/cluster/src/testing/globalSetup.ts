import { AddressInfo, createServer } from 'node:net';
import { findBinaries } from '../binaries/findBinaries';
import type { ControlPlane } from '../control-plane/ControlPlane';
import { startControlPlane } from '../control-plane/startControlPlane';
import { SHARED_PORT_VARIABLE, SharedAnswer } from './sharedAnswer';

/**
 * Jest's global set-up: lets the tests of a run share one control plane, which starts when the
 * first of them asks and ends with the run. Costs nothing where no test asks.
 */
export default async function globalSetup(): Promise<void> {
  const { advice } = findBinaries();
  if (advice) {
    process.stderr.write(
      `\nSKIPPED: every test that needs a Kubernetes API server. ${advice}\n\n`,
    );
    return;
  }
  // In watch mode every run comes here.
  if (process.env[SHARED_PORT_VARIABLE]) return;

  let started: Promise<ControlPlane> | undefined;
  const server = createServer(async socket => {
    socket.on('error', () => {});
    started ??= startControlPlane();
    const answer: SharedAnswer = await started.then(
      ({ info }) => ({ info }),
      error => ({ error: error.message }),
    );
    socket.end(JSON.stringify(answer));
  });
  await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve));
  // Neither this nor the control plane holds the process: both end with it.
  server.unref();
  const { port } = server.address() as AddressInfo;
  process.env[SHARED_PORT_VARIABLE] = String(port);
}
