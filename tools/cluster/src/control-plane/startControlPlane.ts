import { randomBytes } from 'node:crypto';
import { requireBinaries } from '../binaries/findBinaries';
import { Instance, InstanceRecord } from '../instances/Instance';
import { readAdminCredentials } from './AdminCredentials';
import { ControlPlane } from './ControlPlane';
import type { ControlPlaneInfo } from './ControlPlaneInfo';
import type { ControlPlaneOptions } from './ControlPlaneOptions';
import { addressOf, choosePorts } from './Ports';
import { probeApiServer } from './probes';
import { Servers } from './Servers';
import { writePki } from './writePki';

/**
 * Starts a control plane on loopback: etcd, an API server with RBAC, the controllers that a
 * cluster without nodes needs, and CoreDNS. Resolves when all of them are ready.
 *
 * It ends with {@link ControlPlane.stop}, and with this process however that ends.
 *
 * @throws Error naming the build command, when binaries are missing;
 *   with the last lines of its log, when a server does not come up.
 * @throws InstanceIsRunningError when one of that name is there.
 */
export async function startControlPlane(
  options: ControlPlaneOptions = {},
  startedBy: InstanceRecord['startedBy'] = 'code',
): Promise<ControlPlane> {
  const binaries = requireBinaries();
  const ports = await choosePorts();
  const name = options.name ?? `unnamed-${randomBytes(4).toString('hex')}`;
  const instance = Instance.claim(name, startedBy);
  const { directory } = instance;
  const servers = new Servers(directory, ports, binaries, options);
  try {
    const server = addressOf(ports);
    const kubeconfigPath = await writePki(directory, name, server);
    await servers.start();

    const info: ControlPlaneInfo = {
      name,
      directory,
      version: await versionOf(server, directory),
      server,
      kubeconfigPath,
      dns:
        options.dns === false
          ? undefined
          : { host: '127.0.0.1', port: ports.dns },
    };
    instance.publish(info);
    return new ControlPlane(info, servers, instance);
  } catch (error) {
    await servers.stopAll();
    await instance.release();
    throw error;
  }
}

async function versionOf(server: string, directory: string): Promise<string> {
  const credentials = readAdminCredentials(directory);
  const answer = await probeApiServer(server, '/version', credentials);
  if (answer?.status !== 200) {
    throw new Error('the API server did not tell its version');
  }
  return JSON.parse(answer.body).gitVersion;
}
