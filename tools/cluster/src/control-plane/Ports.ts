import { freePort } from '../process/freePort';

/** Loopback ports of the servers of one control plane. */
export interface Ports {
  etcd: number;
  etcdPeer: number;
  apiServer: number;
  dns: number;
  dnsReady: number;
}

/** Chooses ports that nobody uses. */
export async function choosePorts(): Promise<Ports> {
  return {
    etcd: await freePort(),
    etcdPeer: await freePort(),
    apiServer: await freePort(),
    dns: await freePort(),
    dnsReady: await freePort(),
  };
}

/** Address of the API server. */
export function addressOf(ports: Ports): string {
  return `https://127.0.0.1:${ports.apiServer}`;
}
