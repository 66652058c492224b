import type { AddressInfo } from 'node:net';
import { permissionsServiceFactory } from '@backstage/backend-defaults/permissions';
import { mockServices, startTestBackend } from '@backstage/backend-test-utils';
import { catalogServiceMock } from '@backstage/plugin-catalog-node/testUtils';
import kubernetesPlugin from '@backstage/plugin-kubernetes-backend';

/**
 * A backend with the real Kubernetes plugin and the real decisions about permissions:
 * `node kubernetesProcess <configuration>`. Each message stops it when it runs, and
 * starts it when it does not; the answer is its port, or 0.
 */
function main([config]: string[]) {
  const start = () =>
    startTestBackend({
      features: [
        kubernetesPlugin,
        permissionsServiceFactory,
        catalogServiceMock.factory(),
        mockServices.rootConfig.factory({ data: JSON.parse(config) }),
      ],
    });
  let running: Awaited<ReturnType<typeof start>> | undefined;
  process.on('message', async () => {
    if (running) {
      await running.stop();
      running = undefined;
      process.send?.({ port: 0 });
    } else {
      running = await start();
      const { port } = running.server.address() as AddressInfo;
      process.send?.({ port });
    }
  });
}

main(process.argv.slice(2));
