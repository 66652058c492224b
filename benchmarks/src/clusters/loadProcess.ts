import { LoadApiServer } from './LoadApiServer';
import type { LoadCall } from './LoadClient';

/** A load server in a process of its own, so that what it costs is not measured. */
async function main() {
  const server = await LoadApiServer.start();
  process.on('message', ({ id, method, args }: LoadCall) => {
    const call = server[method] as (...all: unknown[]) => unknown;
    process.send?.({ id, result: call.apply(server, args) });
  });
  // Whoever started it is gone.
  process.once('disconnect', () => process.exit());
  process.send?.({ id: 0, result: server.url });
}

main().catch(error => {
  process.stderr.write(String(error));
  process.exitCode = 1;
});
